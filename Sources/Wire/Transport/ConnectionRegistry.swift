import NIOCore
import Synchronization

/// The connections a server holds, how many from each address, and when the last one is gone.
final class ConnectionRegistry: Sendable {
    struct Member: Sendable {
        let channel: any Channel
        let handler: NIOLoopBound<ServerConnectionHandler>
    }

    private struct State {
        var members: [ObjectIdentifier: Member] = [:]
        var countByAddress: [String: Int] = [:]
        /// Places taken, with or without a member yet.
        var count = 0
        var isDraining = false
        /// Fulfilled when draining and empty.
        var emptied: [EventLoopPromise<Void>] = []
    }

    /// Begun when the server is told to end.
    let drainSignal = DrainSignal()
    private let limits: WireLimits
    private let state = Mutex(State())

    init(limits: WireLimits) { self.limits = limits }

    var count: Int { state.withLock { $0.count } }

    /// Takes a place for a connection, to be given back with `leave`; false when there is none.
    func enter(from address: String) -> Bool {
        state.withLock { state in
            let fromAddress = state.countByAddress[address, default: 0]
            guard
                !state.isDraining, state.count < limits.connectionCountMax,
                fromAddress < limits.connectionPerAddressCountMax
            else { return false }
            state.count += 1
            state.countByAddress[address] = fromAddress + 1
            return true
        }
    }

    /// Names the connection of a place. False when draining began in between.
    func add(_ member: Member) -> Bool {
        state.withLock { state in
            state.members[ObjectIdentifier(member.channel)] = member
            return !state.isDraining
        }
    }

    func leave(_ channel: any Channel, from address: String) {
        let emptied = state.withLock { state -> [EventLoopPromise<Void>] in
            state.members[ObjectIdentifier(channel)] = nil
            state.count -= 1
            let fromAddress = state.countByAddress[address, default: 1] - 1
            state.countByAddress[address] = fromAddress == 0 ? nil : fromAddress
            guard state.isDraining && state.count == 0 else { return [] }
            defer { state.emptied = [] }
            return state.emptied
        }
        for promise in emptied { promise.succeed() }
    }

    /// No more places. Every connection ends once its calls have; the promise is fulfilled after the last.
    func drain(_ emptied: EventLoopPromise<Void>) {
        let members = state.withLock { state -> [Member]? in
            state.isDraining = true
            guard state.count > 0 else { return nil }
            state.emptied.append(emptied)
            return Array(state.members.values)
        }
        guard let members else { return emptied.succeed() }
        for member in members {
            member.channel.eventLoop.execute { member.handler.value.drain() }
        }
    }

    /// Drops all connections as they are.
    func closeAll() {
        for member in state.withLock({ Array($0.members.values) }) {
            member.channel.close(promise: nil)
        }
    }
}
