import Foundation
import GRDB

/// A request that was recorded: what it was, what it was answered, and what it moved.
struct RecordedRequest: Hashable {
    let requester: String
    let requestID: String
    /// Digest of the request's content.
    let digest: [UInt8]
    let answer: [UInt8]
    let eventCount: Int64
    /// Where the record ended with this request's events.
    let lastPosition: Int64
    /// Empty when no cursor was moved.
    let cursorSource: String
    let cursorPosition: Int64

    static let columns = """
        requester, request_id, digest, answer, event_count, last_position, cursor_source, cursor_position
        """

    /// SHA-256 over all fields in this order, encoded as in `EventChain`: shows damage, as an answer given
    /// again is not derived from anything else.
    func seal() -> [UInt8] {
        var encoding = CanonicalEncoding()
        encoding.append(text: requester)
        encoding.append(text: requestID)
        encoding.append(bytes: digest)
        encoding.append(bytes: answer)
        encoding.append(number: eventCount)
        encoding.append(number: lastPosition)
        encoding.append(text: cursorSource)
        encoding.append(number: cursorPosition)
        return encoding.digest()
    }
}

extension RecordedRequest {
    /// Reads the columns above.
    init(row: Row) {
        self.init(
            requester: row[0], requestID: row[1], digest: Array(row[2] as Data),
            answer: Array(row[3] as Data),
            eventCount: row[4], lastPosition: row[5], cursorSource: row[6], cursorPosition: row[7])
    }
}
