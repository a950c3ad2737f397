/// Whether a service takes calls, as grpc.health.v1 numbers it.
public enum ServingStatus: Int32, Sendable, Hashable, CaseIterable {
    case unknown = 0
    case serving = 1
    case notServing = 2
    /// Only for those who watch: there is no service of that name, or not yet.
    case serviceUnknown = 3
}

/// The status of every service of a process; the empty name is the process as a whole.
///
/// Once draining, everything is NOT_SERVING for good: a service that recovers meanwhile must not call back
/// the callers who have just been sent away.
public struct HealthTable: Sendable {
    private var statuses: [String: ServingStatus]
    public private(set) var isDraining = false

    /// - Parameter services: by full name; the process as a whole is added.
    public init(services: [String], status: ServingStatus = .serving) {
        statuses = Dictionary(
            (services + [""]).map { ($0, status) }, uniquingKeysWith: { first, _ in first })
    }

    /// Nil for a name that is not known here.
    public func status(of service: String) -> ServingStatus? {
        statuses[service].map { isDraining ? .notServing : $0 }
    }

    public func shown(to service: String) -> ServingStatus { status(of: service) ?? .serviceUnknown }

    /// Names whose shown status has changed by it.
    public mutating func set(_ status: ServingStatus, of service: String) -> Set<String> {
        let before = shown(to: service)
        statuses[service] = status
        return shown(to: service) == before ? [] : [service]
    }

    /// Sets every service and the process as a whole; returns the names that have changed.
    public mutating func setAll(_ status: ServingStatus) -> Set<String> {
        statuses.keys.reduce(into: []) { $0.formUnion(set(status, of: $1)) }
    }

    /// Returns the names that have changed; the second time nothing does.
    public mutating func drain() -> Set<String> {
        let before = statuses.mapValues { isDraining ? .notServing : $0 }
        isDraining = true
        return Set(before.filter { $0.value != .notServing }.keys)
    }
}
