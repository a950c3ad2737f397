/// Every bound of the record, each with its reason.
package enum LedgerLimits {
    // Writing.

    /// Appends that may wait for the writer. At some thousand appends a second this is about a second of
    /// waiting; more would only answer after the caller's deadline.
    package static let waitingCountMax = 4096
    /// Payload bytes that may wait for the writer: bounds memory when every waiting append is a large one.
    package static let waitingByteCountMax = 64 << 20
    /// Appends written in one commit. The gain of sharing one fsync is spent by then, and the first of the
    /// group must not wait long for the last.
    package static let groupCountMax = 256
    /// Payload bytes written in one commit, for the same reason; one append may exceed it alone.
    package static let groupByteCountMax = 4 << 20
    /// Events of one append: more is a snapshot and belongs into bulk rows.
    package static let draftCountMax = 1024
    /// One event's payload. A feed answer carries at least one event and must fit a frame of 4 MiB.
    package static let payloadByteCountMax = 3 << 20
    /// One stored answer, which is sent again in one frame of 4 MiB.
    package static let answerByteCountMax = 3 << 20
    /// Personal data of one event: names, numbers and addresses.
    package static let personalByteCountMax = 64 << 10
    /// Stream, type, actor, request id, requester, rule edition and feed source: names, not documents.
    package static let nameByteCountMax = 512

    // Reading.

    /// Read-only connections. Two cores are kept busy by two; the others cover readers that wait for the
    /// disk.
    package static let readerCountMax = 4
    /// Events of one page, whatever limit was asked for.
    package static let pageEventCountMax = 4096
    /// Payload bytes of one page; a single larger event is still given.
    package static let pageByteCountMax = 8 << 20

    /// Past states kept or in the making. Each takes as much space in a temporary file as the projections.
    package static let pastStoreCountMax = 4

    // The file.

    /// How long a connection waits for a lock of SQLite's own, in seconds. Only recovery after a crash and
    /// the last close take such locks.
    package static let busySeconds = 5.0
    /// Pages of 4 KiB in the write-ahead log after which a commit copies them into the store: 16 MiB.
    package static let checkpointPageCount = 4096
    /// The write-ahead log is cut back to this many bytes after a long reader made it grow.
    package static let walByteCountMax = 64 << 20
    /// Opening checks the pages of a store up to this size, at some hundred MiB a second; larger ones are
    /// left to the audit, so that a start stays below two seconds.
    package static let openCheckByteCountMax: Int64 = 256 << 20
    /// Opening recomputes the chain over so many of the latest events.
    package static let openCheckEventCountMax = 1000

    /// Pages kept in memory while projections are made anew, in bytes.
    package static let rebuildCacheByteCount = 128 << 20

    // Audit.

    /// Problems that a report lists one by one; beyond that it only counts.
    package static let problemCountMax = 200
    /// Progress is told once in so many events or rows.
    package static let progressStep: Int64 = 5000
}
