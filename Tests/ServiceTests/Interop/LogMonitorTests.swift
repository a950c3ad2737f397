import Foundation
import Ledger
import PublicLog
import Testing
import Transparency

/// Our logs in the eyes of programs that have nothing of ours.
@Suite(
    "Logs and foreign monitors", .serialized, .timeLimit(.minutes(10)),
    .enabled(
        if: GoPackages.areNeeded && LogMonitors.python != nil,
        "no Go with golang.org/x/mod, or no python3 with cryptography: run deploy/dev/install check"))
struct LogMonitorTests {
    /// 100,000 in the long form; the other crosses a level of tiles as well, at 65,536.
    private static let entryCount =
        ProcessInfo.processInfo.environment["FORERUNNER_LOG_ENTRIES"].flatMap(Int.init) ?? 66_000

    /// A log with so many acts, made in steps, and the checkpoint of the first step kept beside.
    private func log(of count: Int) async throws -> (stage: PublicLogStage, key: NoteKey, older: String) {
        let stage = try PublicLogStage()
        let writer = try await stage.openWriter()
        let older = stage.store.folder + "/older"
        var next = 1
        for size in [min(300, count / 2), count] {
            let acts = (next...size).compactMap { number in
                SafeInteger(Int64(number)).map { number in
                    PublicAct(
                        service: "scheme", act: number.value % 3 == 0 ? "三" : "other",
                        subject: "x/\(number.value)",
                        position: number, moment: number, edition: "trial-2018",
                        facts: ["name": .text("名称 “\(number.value)”\u{7}"), "number": .number(number)])
                }
            }
            let note = try writer.extend(
                by: acts, upTo: LedgerHead(position: Int64(size), chain: [UInt8(truncatingIfNeeded: size)]))
            try writer.announce(note)
            if next == 1 { try Data(note.encoded).write(to: URL(fileURLWithPath: older)) }
            next = size + 1
        }
        let key = writer.key
        writer.close()
        return (stage, key, older)
    }

    @Test("a large log is found to be what we say it is, and to add to its older checkpoint")
    func agreement() async throws {
        let (stage, key, older) = try await log(of: Self.entryCount)
        let ours = try stage.verify()
        let folder = stage.paths.folder
        let go = try await LogMonitors.go(folder, key: "\(key)", older: [older])
        let python = try LogMonitors.python(folder, key: "\(key)")
        #expect(go == python)
        #expect(go.size == ours.checkpoint.size.number)
        #expect(Data(base64Encoded: go.root) == Data(ours.checkpoint.root.bytes))
        #expect(go.acts == ours.actCounts)
    }

    @Test("a change in any file is found by both")
    func tampering() async throws {
        let (stage, key, older) = try await log(of: 700)
        let folder = stage.paths.folder
        let files = ["checkpoint", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/000"]
        for file in files {
            let place = URL(fileURLWithPath: folder + "/" + file)
            let content = try Data(contentsOf: place)
            var changed = content
            // In a checkpoint the size, so that only the signature can tell.
            changed[file == "checkpoint" ? PublicLogStage.origin.utf8.count + 1 : content.count / 2] ^= 1
            try changed.write(to: place)
            await #expect(throws: LogMonitors.Disagreement.self, "\(file)") {
                try await LogMonitors.go(folder, key: "\(key)")
            }
            #expect(throws: LogMonitors.Disagreement.self, "\(file)") {
                try LogMonitors.python(folder, key: "\(key)")
            }
            try content.write(to: place)
        }
        #expect(try await LogMonitors.go(folder, key: "\(key)", older: [older]).size == 700)
    }

    @Test("a log that does not add to what was seen before is found")
    func rewritten() async throws {
        let (_, _, older) = try await log(of: 700)
        // The same key and as many entries, but others.
        let other = try PublicLogStage()
        try await other.record(count: 500)
        try await other.publishing { try await other.eventually(size: 500, $0) }
        let key = try #require(try LogKeyFile.read(other.paths.key)).key
        #expect(try await LogMonitors.go(other.paths.folder, key: "\(key)").size == 500)
        await #expect(throws: LogMonitors.Disagreement.self) {
            try await LogMonitors.go(other.paths.folder, key: "\(key)", older: [older])
        }
    }

    @Test("a witness's signature is found to be valid")
    func cosignature() async throws {
        let stage = try PublicLogStage()
        let key = try await stage.openWriter().key
        let witness = try WitnessInProcess(log: key, store: stage.store.folder + "/seen.sqlite")
        try await stage.record(count: 3)
        try await stage.publishing(witnesses: [witness]) { try await stage.eventually(size: 3, $0) }
        let found = try LogMonitors.python(stage.paths.folder, key: "\(key)", witnesses: ["\(witness.key)"])
        #expect(found.size == 3)
    }
}
