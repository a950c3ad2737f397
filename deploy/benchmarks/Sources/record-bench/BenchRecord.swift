import GRDB
import Ledger

/// A record with one projection: the things that its commands are about, as they stand.
struct BenchRecord: Projector {
    let tables = ["things"]
    let schema = """
        CREATE TABLE things (
            stream TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL,
            moment_utc_us INTEGER NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        """

    func apply(_ event: StoredEvent, _ database: Database) throws {
        try database.run(
            """
            INSERT INTO things (stream, version, position, moment_utc_us, payload) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream) DO UPDATE SET version = excluded.version, position = excluded.position,
                moment_utc_us = excluded.moment_utc_us, payload = excluded.payload
            """,
            .text(event.stream), .number(event.version), .number(event.position), .number(event.moment),
            .bytes(event.payload))
    }

    static func open(_ path: String, create: Bool) throws -> Ledger {
        try Ledger.open(
            at: path, mark: StoreMark(role: "bench", timeKind: .real), projector: BenchRecord(),
            create: create)
    }
}

/// The commands of one caller in their order: four on each thing. `peers/c-record` writes the same rows.
struct BenchCommands {
    private static let versionMax: Int64 = 4

    private let caller: UInt64
    private(set) var count: Int64 = 0

    init(caller: Int) { self.caller = UInt64(caller) }

    /// One event of 240 bytes, an answer of 48.
    mutating func next() -> Append {
        defer { count += 1 }
        let number = UInt64(count)
        let draft = nextDraft
        let request = Self.scattered(caller << 40 | number)
        return Append(
            drafts: [draft], expected: [draft.stream: count % Self.versionMax],
            requestID: Self.name("REQUEST-", request), requester: "91310104D5L3DGRG16",
            requestDigest: Self.bytes(request, count: 32), answer: { _ in Self.bytes(request, count: 48) },
            moment: 1_764_000_000_000_000 + count, actor: "91310104D5L3DGRG16/desk-1",
            ruleEdition: "trial-2018")
    }

    /// Events of many commands in one append, where only the events count.
    mutating func next(_ draftCount: Int64) -> Append {
        var drafts: [EventDraft] = []
        for _ in 1..<draftCount {
            drafts.append(nextDraft)
            count += 1
        }
        var append = next()
        append.drafts = drafts + append.drafts
        append.expected = [:]
        return append
    }

    private var nextDraft: EventDraft {
        let thing = Self.scattered(caller << 40 | UInt64(count / Self.versionMax))
        return EventDraft(
            stream: Self.name("thing/", thing), type: "forerunner.bench.v1.ThingChanged",
            payload: Self.bytes(Self.scattered(caller << 40 | UInt64(count)), count: 240))
    }

    /// A number that seems drawn by chance (splitmix64).
    private static func scattered(_ number: UInt64) -> UInt64 {
        var mixed = number &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// What a number is called: its sixteen hexadecimal digits behind the kind of thing.
    private static func name(_ kind: StaticString, _ number: UInt64) -> String {
        let byteCount = kind.utf8CodeUnitCount + 16
        return String(unsafeUninitializedCapacity: byteCount) { text in
            for place in 0..<16 {
                text[byteCount - 16 + place] = digits[Int(number >> (60 - 4 * UInt64(place)) & 15)]
            }
            for place in 0..<kind.utf8CodeUnitCount { text[place] = kind.utf8Start[place] }
            return byteCount
        }
    }

    /// The number's bytes, least significant first, over and over; `count` is a multiple of eight.
    private static func bytes(_ number: UInt64, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { bytes in
            for place in stride(from: 0, to: count, by: 8) {
                bytes.storeBytes(of: number.littleEndian, toByteOffset: place, as: UInt64.self)
            }
        }
        return bytes
    }
}
