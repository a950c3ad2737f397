import Foundation
import PublicLog

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Where a log's files can be read over HTTP.
struct LogAddress {
    /// No file of a log is larger: 256 entries of 64 KiB.
    private static let fileByteCountMax = 17 << 20
    private static let seconds = 30.0

    let url: URL

    /// - Parameter text: the log's prefix, as in https://forerunner.example/log/compliance.
    init(_ text: String) throws(Failure) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = URL(string: trimmed), url.scheme == "https" || url.scheme == "http",
            url.host?.isEmpty == false
        else {
            throw Failure(
                .badInput, "“\(text)” is no address of a log; write it as in https://HOST/log/compliance")
        }
        self.url = url
    }

    /// A file by its path below the prefix; nil when it is not there.
    func file(_ path: String) async throws(LogError) -> [UInt8]? {
        let request = URLRequest(url: url.appendingPathComponent(path), timeoutInterval: Self.seconds)
        let body: Data
        let response: URLResponse
        do {
            (body, response) = try await URLSession.shared.data(for: request)
        } catch {
            throw LogError(.unusable, "\(url) could not be read: \(error.localizedDescription)")
        }
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        if status == 404 { return nil }
        guard status == 200, body.count <= Self.fileByteCountMax else {
            throw LogError(.unusable, "\(url)/\(path) is answered with \(status) and \(body.count) bytes")
        }
        return Array(body)
    }
}
