import NIOCore
import Synchronization

/// Runs tasks on an event loop.
///
/// Jobs that come together, as when one read brings the answers to many calls, are one piece of work for the
/// loop and not one each.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop
    private let waiting = Mutex<[UnownedJob]>([])

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = waiting.withLock { jobs in
            jobs.append(job)
            return jobs.count == 1
        }
        if isFirst { eventLoop.execute { self.runWaiting() } }
    }

    /// What the jobs enqueue waits for another turn, so that the loop comes round to its channels.
    private func runWaiting() {
        let jobs = waiting.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
        let executor = asUnownedTaskExecutor()
        for job in jobs { job.runSynchronously(on: executor) }
    }
}
