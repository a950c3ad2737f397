import NIOCore

/// The one place of this module that reads a clock: the monotonic one, which event loops use too.
extension MonotonicInstant {
    public static var now: MonotonicInstant { MonotonicInstant(NIODeadline.now()) }

    init(_ deadline: NIODeadline) {
        self.init(nanoseconds: Int64(clamping: deadline.uptimeNanoseconds))
    }

    var nioDeadline: NIODeadline { .uptimeNanoseconds(UInt64(clamping: nanoseconds)) }
}

extension Deadline {
    public static func after(_ duration: Duration) -> Deadline {
        Deadline(MonotonicInstant.now.advanced(by: duration))
    }

    /// Zero or negative once passed.
    public var remaining: Duration { remaining(at: .now) }
}
