import NIOCore

/// One timer on an event loop, set to the earliest of the times it is asked for; it may fire early, never
/// late.
///
/// A call's deadline costs no timer of its own: a connection has one, and most requests leave it as it is.
struct LoopTimer {
    private var scheduled: Scheduled<Void>?
    private var instant: MonotonicInstant?

    /// Whether it will fire by then, so that arming would change nothing: asked where that is the rule, to
    /// spare what arming takes.
    func isArmed(by instant: MonotonicInstant) -> Bool { self.instant.map { $0 <= instant } ?? false }

    mutating func arm(
        at instant: MonotonicInstant, on eventLoop: any EventLoop, _ fire: @escaping @Sendable () -> Void
    ) {
        if isArmed(by: instant) { return }
        scheduled?.cancel()
        self.instant = instant
        scheduled = eventLoop.scheduleTask(deadline: instant.nioDeadline, fire)
    }

    /// To be called when it fires, before arming anew.
    mutating func fired() {
        scheduled = nil
        instant = nil
    }

    mutating func cancel() {
        scheduled?.cancel()
        fired()
    }
}
