import HTTPTypes
import Hummingbird

/// Bytes for everybody, with how long they may be kept.
struct PublicFile {
    let bytes: [UInt8]
    let mediaType: String
    /// Seconds that caches may give it out.
    let seconds: Int

    static let plainText = "text/plain; charset=utf-8"
    /// A checkpoint is a second old when it is read; caches may add as much.
    static let checkpointSeconds = 1
    /// A tile is the same for ever; a year is what caches take for that.
    static let tileSeconds = 31_536_000
    /// Keys change rarely, and old ones stay.
    static let keySeconds = 300
    /// A title's credential is the same from its issue on, but may not be there yet.
    static let credentialSeconds = 300

    init(_ text: String, _ mediaType: String, seconds: Int) {
        self.init(bytes: Array(text.utf8), mediaType: mediaType, seconds: seconds)
    }

    init(bytes: [UInt8], mediaType: String, seconds: Int) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.seconds = seconds
    }

    var response: Response {
        let isImmutable = seconds == Self.tileSeconds
        return Response(
            status: .ok,
            headers: [
                .contentType: mediaType,
                .cacheControl: "public, max-age=\(seconds)" + (isImmutable ? ", immutable" : ""),
                .accessControlAllowOrigin: "*",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
