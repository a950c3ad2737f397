/// Outcome of a call: the seventeen codes of google.rpc, which ttrpc shares with gRPC.
public enum StatusCode: Int32, Sendable, Hashable, CaseIterable {
    case ok = 0
    case cancelled = 1
    case unknown = 2
    /// Bad whatever the state of the system.
    case invalidArgument = 3
    /// Out of time; the call may still have been carried out.
    case deadlineExceeded = 4
    case notFound = 5
    case alreadyExists = 6
    /// The caller is known and not allowed.
    case permissionDenied = 7
    /// A limit on size, count or memory.
    case resourceExhausted = 8
    /// Not to be repeated until the state changes.
    case failedPrecondition = 9
    /// Repeat the whole read, modify and write.
    case aborted = 10
    case outOfRange = 11
    case unimplemented = 12
    /// A broken invariant. ("internal" is a word of Swift.)
    case internalError = 13
    /// Repeat the call later.
    case unavailable = 14
    case dataLoss = 15
    case unauthenticated = 16

    /// Name in capitals, as in "NOT_FOUND".
    public var name: String {
        switch self {
        case .ok: "OK"
        case .cancelled: "CANCELLED"
        case .unknown: "UNKNOWN"
        case .invalidArgument: "INVALID_ARGUMENT"
        case .deadlineExceeded: "DEADLINE_EXCEEDED"
        case .notFound: "NOT_FOUND"
        case .alreadyExists: "ALREADY_EXISTS"
        case .permissionDenied: "PERMISSION_DENIED"
        case .resourceExhausted: "RESOURCE_EXHAUSTED"
        case .failedPrecondition: "FAILED_PRECONDITION"
        case .aborted: "ABORTED"
        case .outOfRange: "OUT_OF_RANGE"
        case .unimplemented: "UNIMPLEMENTED"
        case .internalError: "INTERNAL"
        case .unavailable: "UNAVAILABLE"
        case .dataLoss: "DATA_LOSS"
        case .unauthenticated: "UNAUTHENTICATED"
        }
    }
}
