/// Why a whole connection is closed; whatever concerns one stream is an answer on that stream instead.
package enum ConnectionFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// A Request on a stream whose call still runs. An answer could not be told apart from the call's own.
    case liveStreamReused(StreamID)
    /// A frame announced more data than we are ready to throw away.
    case oversizedBeyondRepair(byteCount: UInt32)
    /// The peer keeps sending requests that are none.
    case tooManyFlaws
    /// Nothing whole came after connecting.
    case firstFrameLate
    /// A frame was begun and not finished in time.
    case frameLate
    /// Nothing to do for long.
    case idle
    /// The peer does not take our bytes.
    case stalled

    package var description: String {
        switch self {
        case .liveStreamReused(let streamID): "stream \(streamID) was opened again while its call runs"
        case .oversizedBeyondRepair(let byteCount): "a frame announced \(byteCount) bytes"
        case .tooManyFlaws: "too many broken requests in a minute"
        case .firstFrameLate: "no frame arrived after connecting"
        case .frameLate: "a frame was not finished in time"
        case .idle: "nothing was asked for long"
        case .stalled: "the peer does not read its answers"
        }
    }
}
