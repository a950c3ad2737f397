import Foundation

/// One run of the fuzzer over one target, until its time is up or an input breaks a promise.
struct FuzzRun {
    /// Inputs that are mutated further; beyond, a new one takes the place of another.
    private static let poolCountMax = 2_000
    /// Ways to end that are told apart; beyond, in a run of hours, nothing counts as new.
    private static let outcomeCountMax = 1_000_000

    let target: FuzzTarget
    let seed: UInt64

    struct Report {
        /// Inputs tried.
        var inputCount = 0
        /// Ways to end that were seen.
        var outcomeCount = 0
        /// The shortest input that still breaks a promise, and which.
        var failure: (input: [UInt8], reason: String)?
    }

    /// Tries all that there is to begin with, and then mutates until the time is up.
    func run(for time: Duration, trace: FuzzTrace?) throws -> Report {
        var mutator = Mutator(seed: seed, dictionary: target.dictionary)
        var report = Report()
        var outcomes: Set<Int> = []
        var pool: [[UInt8]] = []
        let begin = ContinuousClock.now
        var waiting = try target.seeds() + FuzzCorpus.inputs(of: target).map(\.bytes)
        while true {
            let input: [UInt8]
            if let next = waiting.popLast() {
                input = next
            } else {
                guard report.inputCount % 64 != 0 || begin.duration(to: .now) < time else { break }
                input = mutator.mutated(
                    pool[mutator.below(pool.count)], other: pool[mutator.below(pool.count)])
            }
            report.inputCount += 1
            trace?.keep(input)
            do {
                let outcome = try target.run(input)
                guard outcomes.count < Self.outcomeCountMax, outcomes.insert(outcome.hashValue).inserted
                else { continue }
                if pool.count < Self.poolCountMax {
                    pool.append(input)
                } else {
                    pool[mutator.below(pool.count)] = input
                }
            } catch {
                report.failure = (shortened(input), "\(error)")
                break
            }
        }
        report.outcomeCount = outcomes.count
        return report
    }

    /// Takes parts out of a failing input for as long as it still fails.
    private func shortened(_ input: [UInt8]) -> [UInt8] {
        var best = input
        var length = max(1, best.count / 2)
        var tries = 0
        while tries < 4_000 {
            var start = 0
            let before = best.count
            while start < best.count, tries < 4_000 {
                var shorter = best
                shorter.removeSubrange(start..<min(best.count, start + length))
                tries += 1
                if (try? target.run(shorter)) == nil { best = shorter } else { start += length }
            }
            if length == 1, best.count == before { break }
            length = max(1, length / 2)
        }
        return best
    }
}

/// The inputs that are kept: some to begin with, and each that ever broke a promise.
enum FuzzCorpus {
    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "Corpus")

    static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = folder.appending(path: target.name)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return try names.sorted().map { ($0, [UInt8](try Data(contentsOf: folder.appending(path: $0)))) }
    }

    /// Keeps a failing input; returns its path.
    static func keep(_ input: [UInt8], of target: FuzzTarget) throws -> String {
        let folder = folder.appending(path: target.name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let hash = input.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let file = folder.appending(path: "failing-\(String(hash, radix: 16)).bin")
        try Data(input).write(to: file)
        return file.path
    }
}

/// The input at work, in a file that outlives the process: what crashes it is found there.
///
/// FORERUNNER_FUZZ_TRACE names the folder; deploy/fuzz gives one.
struct FuzzTrace {
    private let descriptor: Int32

    init?(target: FuzzTarget) {
        guard let folder = ProcessInfo.processInfo.environment["FORERUNNER_FUZZ_TRACE"] else { return nil }
        descriptor = open("\(folder)/\(target.name)", O_RDWR | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { return nil }
    }

    /// The page cache keeps it whatever becomes of this process.
    func keep(_ input: [UInt8]) {
        _ = ftruncate(descriptor, off_t(input.count))
        _ = input.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// Nothing crashed.
    func close() {
        _ = ftruncate(descriptor, 0)
        _ = Foundation.close(descriptor)
    }
}
