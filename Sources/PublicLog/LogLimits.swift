/// Every bound of a public log, each with its reason.
package enum LogLimits {
    /// A log up to this size is read whole at each start, at some hundred thousand entries a second; of a
    /// larger one only the edge, and `log verify` reads the rest.
    package static let openCheckEntryCountMax: UInt64 = 1 << 17
    /// Events taken from the record for one checkpoint: a log that is far behind publishes in steps, so that
    /// what it has done is not done again after a crash.
    package static let stepEventCountMax = 4096
    /// Least time between two checkpoints. Acts of the meantime share the next one; the promise is one
    /// second.
    package static let stepPause = Duration.milliseconds(250)
    /// The record is looked at this often also without being told of news.
    package static let newsWait = Duration.seconds(20)
    /// A checkpoint waits this long for witnesses, then goes out with those that have answered: together with
    /// the pause less than the second that is promised.
    package static let witnessTime = Duration.milliseconds(500)
    /// Pause after a failed step.
    package static let failurePause = Duration.seconds(1)
    /// Bytes of a file that one answer carries; a frame has 4 MiB.
    package static let partByteCountMax = 1 << 20
}
