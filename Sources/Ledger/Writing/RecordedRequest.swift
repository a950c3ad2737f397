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
    func seal() -> [UInt8] { encoding.digest() }

    /// Its fields are the columns above.
    var encoding: CanonicalEncoding {
        var encoding = CanonicalEncoding()
        encoding.append(text: requester)
        encoding.append(text: requestID)
        encoding.append(bytes: digest)
        encoding.append(bytes: answer)
        encoding.append(number: eventCount)
        encoding.append(number: lastPosition)
        encoding.append(text: cursorSource)
        encoding.append(number: cursorPosition)
        return encoding
    }
}

extension RecordedRequest {
    /// Reads the columns above.
    init(row: Row) throws(LedgerError) {
        self.init(
            requester: try row.stored(0), requestID: try row.stored(1),
            digest: Array(try row.stored(2) as Data), answer: Array(try row.stored(3) as Data),
            eventCount: try row.stored(4), lastPosition: try row.stored(5),
            cursorSource: try row.stored(6), cursorPosition: try row.stored(7))
    }
}
