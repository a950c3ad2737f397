import Regulation
import Testing

@Suite("References to standards")
struct StandardReferenceTests {
    @Test(
        "a reference is read with its year or without",
        arguments: [
            ("GB 12021.2-2015", "GB 12021.2", 2015, "GB 12021.2—2015"),
            ("gb/t 9756", "GB/T 9756", nil, "GB/T 9756"),
            ("GB/T 1019—2008《家用电器包装通则》", "GB/T 1019", 2008, "GB/T 1019—2008"),
            ("QB/T1950", "QB/T 1950", nil, "QB/T 1950"), ("DB11/T 1234", "DB11/T 1234", nil, "DB11/T 1234"),
            ("T/CAS 305", "T/CAS 305", nil, "T/CAS 305"),
            ("ISO 9001:2015", "ISO 9001", 2015, "ISO 9001:2015"),
            ("IEC 60335-2-24", "IEC 60335-2-24", nil, "IEC 60335-2-24"),
        ] as [(String, String, Int?, String)])
    func reading(written: String, family: String, year: Int?, text: String) throws {
        let reference = try StandardReference(written)
        #expect(reference.family == family && reference.year == year && reference.text == text)
    }

    @Test("what is no number is refused", arguments: ["", "《通则》", "家用电器", "GB", "GB/T 9756-18", "XYZ 1"])
    func refusal(written: String) {
        #expect(throws: StandardNumberFlaw.self) { try StandardReference(written) }
    }

    private static func edition(_ year: Int, from: String?, until: String? = nil)
        -> ReferencedStandard.Edition
    {
        .init(
            number: "GB 1—\(year)", year: year, inForceFrom: from.flatMap { CivilDate($0) },
            inForceUntil: until.flatMap { CivilDate($0) }, requirements: [])
    }

    @Test(
        "an undated reference means the edition in force on the day, a dated one its own",
        arguments: [
            ("GB 1", "2010-05-31", nil), ("GB 1", "2010-06-01", 2009), ("GB 1", "2020-06-30", 2009),
            ("GB 1", "2020-07-01", 2019), ("GB 1-2009", "2025-01-01", 2009), ("GB 1-2001", "2025-01-01", nil),
            // The edition of 2024 has no day yet.
            ("GB 1", "2026-01-01", 2019), ("GB 1-2024", "2026-01-01", 2024),
        ] as [(String, String, Int?)])
    func editions(written: String, day: String, year: Int?) throws {
        let standard = ReferencedStandard(
            family: "GB 1",
            editions: [
                Self.edition(2024, from: nil), Self.edition(2009, from: "2010-06-01", until: "2020-07-01"),
                Self.edition(2019, from: "2020-07-01"),
            ])
        let reference = try StandardReference(written)
        #expect(standard.edition(meantBy: reference, on: CivilDate(day))?.year == year)
    }

    @Test("of two editions in force at once the later one is meant, and without a day none")
    func overlapping() throws {
        let standard = ReferencedStandard(
            family: "GB 1",
            editions: [Self.edition(2019, from: "2020-07-01"), Self.edition(2009, from: "2010-06-01")])
        let reference = try StandardReference("GB 1")
        #expect(standard.edition(meantBy: reference, on: CivilDate("2025-01-01"))?.year == 2019)
        #expect(standard.edition(meantBy: reference, on: nil) == nil)
    }
}
