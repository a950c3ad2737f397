import Foundation
import Testing

/// Random and damaged bytes for everything that reads what a peer sends.
///
/// FORERUNNER_FUZZ_SECONDS is the time for all targets together, FORERUNNER_FUZZ_SEED repeats a run.
/// deploy/fuzz runs these for long.
@Suite("Fuzzing")
struct FuzzTests {
    private static let secondsDefault = 60.0

    private static let time: Duration = {
        let given = ProcessInfo.processInfo.environment["FORERUNNER_FUZZ_SECONDS"].flatMap(Double.init)
        return .seconds((given ?? secondsDefault) / Double(FuzzTarget.all.count))
    }()

    private static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["FORERUNNER_FUZZ_SEED"].flatMap(UInt64.init)
        return given ?? UInt64.random(in: 0..<1_000_000_000)
    }()

    @Test("no bytes break a promise", arguments: FuzzTarget.all)
    func mutations(target: FuzzTarget) throws {
        let trace = FuzzTrace(target: target)
        let report = try FuzzRun(target: target, seed: Self.seed).run(for: Self.time, trace: trace)
        trace?.close()
        print(
            "fuzz \(target.name): seed \(Self.seed), \(report.inputCount) inputs, "
                + "\(report.outcomeCount) outcomes")
        #expect(report.outcomeCount > 1, "nothing but one thing ever happens: the target is blind")
        guard let failure = report.failure else { return }
        let path = try FuzzCorpus.keep(failure.input, of: target)
        Issue.record("seed \(Self.seed): \(failure.reason); the input is kept as \(path)")
    }

    @Test("what once broke a promise, or began a search, does it no more", arguments: FuzzTarget.all)
    func corpus(target: FuzzTarget) throws {
        let inputs = try FuzzCorpus.inputs(of: target)
        #expect(!inputs.isEmpty, "\(target.name) has no folder in the corpus")
        for (name, bytes) in inputs {
            #expect(throws: Never.self, "\(target.name)/\(name)") { try target.run(bytes) }
        }
    }

    @Test("a broken promise is found, and its input made short")
    func sensitivity() throws {
        let target = FuzzTarget(
            name: "none", seeds: { [Array("abcdefgh".utf8)] }, dictionary: [[0xF0, 0x0D]],
            run: { bytes in
                try BrokenPromise.unless(!bytes.contains(0xF0) || !bytes.contains(0x0D), "both are there")
                return "\(bytes.count % 8)"
            })
        let failure = try FuzzRun(target: target, seed: 1).run(for: .seconds(60), trace: nil).failure
        #expect(failure?.input.count == 2)
        #expect(failure?.reason == "both are there")
    }
}
