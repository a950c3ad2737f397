import Regulation
import Testing

@Suite("Standard numbers")
struct StandardNumberTests {
    @Test("a number in plain writing is read the short way as it would be the long way")
    func shortWay() {
        var random = SplitMix(seed: 7)
        var readCount = 0
        let pieces = [
            "Q/", "GB", "/T", "T/", "ABC", "A", "1", "20", "001", ".", "-", "2024", " ", "/", ":", "  ", "Q",
        ]
        for _ in 0..<50_000 {
            let start = random.pick(["", "Q/AB 1", "GB 12", "T/CAS 3"])
            let end = random.pick(["", "-2024", "-2019 "])
            let text = start + (0..<random.int(0...5)).map { _ in random.pick(pieces) }.joined() + end
            // A character that cannot be seen is passed over, and makes it go the long way.
            let plain = Result { try StandardNumber(text) }
            let long = Result { try StandardNumber(text + "\u{200B}") }
            #expect((try? plain.get()) == (try? long.get()), "“\(text)”")
            if case .success(let number) = plain {
                readCount += 1
                #expect(number.matchKey == number.text.filter { $0 != " " })
            }
        }
        #expect(readCount > 1_000)
    }

    @Test("a plain enterprise number is printed from its bytes as it is read")
    func plainNumbers() {
        var random = SplitMix(seed: 11)
        var printedCount = 0
        let pieces = ["A", "BC", "1", "20", ".", "-", "—", " ", "/", "Q/", "x", "é"]
        for _ in 0..<100_000 {
            let start = random.pick(["Q/", "Q/AB 1", "Q/A1/BCD 0", "T/CAS 3"])
            let end = random.pick(["", "-2024", "—2019", "-2100", "-1899", " -2020"])
            let text = start + (0..<random.int(0...4)).map { _ in random.pick(pieces) }.joined() + end
            var printed: [UInt8] = []
            guard Array(text.utf8).withUnsafeBytes({ PlainStandardNumber.print($0, to: &printed) }) else {
                #expect(printed.isEmpty)
                continue
            }
            printedCount += 1
            let shown = String(decoding: printed, as: UTF8.self)
            // The character that cannot be seen makes it go the long way.
            let long = try? StandardNumber(text + "\u{200B}")
            #expect(long?.text == shown, "“\(text)”")
            #expect((try? StandardNumber(text)) == long, "“\(text)”")
            #expect(long.map { StandardNumber(printed: shown, matchKey: $0.matchKey) } == .some(long))
        }
        #expect(printedCount > 2_000)
    }

    @Test(
        "a number of each kind is read into its printed form",
        arguments: [
            ("GB 12021.2-2015", .national(mandatory: true), "GB 12021.2—2015", 2015),
            ("GB/T 9756—2018", .national(mandatory: false), "GB/T 9756—2018", 2018),
            ("GB/Z 42749-2023", .national(mandatory: false), "GB/Z 42749—2023", 2023),
            ("GB12021.2-2015", .national(mandatory: true), "GB 12021.2—2015", 2015),
            ("QB/T 1950—2013", .industry(mandatory: false), "QB/T 1950—2013", 2013),
            ("YY 0709-2009", .industry(mandatory: true), "YY 0709—2009", 2009),
            ("DB11/T 1234—2020", .local(area: "11", mandatory: false), "DB11/T 1234—2020", 2020),
            ("DB4403/T5-2019", .local(area: "4403", mandatory: false), "DB4403/T 5—2019", 2019),
            ("DB31 204-2020", .local(area: "31", mandatory: true), "DB31 204—2020", 2020),
            ("T/CAS 326—2018", .group("CAS"), "T/CAS 326—2018", 2018),
            ("T/CHEAA 0001-2017", .group("CHEAA"), "T/CHEAA 0001—2017", 2017),
            ("T/CTES1080-2025", .group("CTES"), "T/CTES 1080—2025", 2025),
            ("T/CECS 10025-2019", .group("CECS"), "T/CECS 10025—2019", 2019),
            ("T/ZJ01A 290.1-2022", .group("ZJ01A"), "T/ZJ01A 290.1—2022", 2022),
            ("Q/MP102-2021", .enterprise, "Q/MP102—2021", 2021),
            ("Q/KZYW 001-2023", .enterprise, "Q/KZYW 001—2023", 2023),
            ("Q/SXDJX001-2021", .enterprise, "Q/SXDJX001—2021", 2021),
            ("Q/SJX 0001S-2020", .enterprise, "Q/SJX 0001S—2020", 2020),
            ("Q/SJX0001S-2020", .enterprise, "Q/SJX0001S—2020", 2020),
            ("Q/ABC/J 1001-2022", .enterprise, "Q/ABC/J 1001—2022", 2022),
            ("Q/ABC/J1001-2022", .enterprise, "Q/ABC/J1001—2022", 2022),
            ("Q/ABC/JABCD1-2022", .enterprise, "Q/ABC/JABCD1—2022", 2022),
            ("Q/12345678-2020", .enterprise, "Q/12345678—2020", 2020),
            ("Q/GREE JB01.2-2024", .enterprise, "Q/GREE JB01.2—2024", 2024),
            ("ISO 9001:2015", .international, "ISO 9001:2015", 2015),
            ("IEC 60335-2-24:2020", .international, "IEC 60335-2-24:2020", 2020),
            ("ISO/IEC 27001：2022", .international, "ISO/IEC 27001:2022", 2022),
            ("ISO9001", .international, "ISO 9001", nil),
        ] as [(String, StandardNumber.Kind, String, Int?)])
    func reads(written: String, kind: StandardNumber.Kind, text: String, year: Int?) throws {
        let number = try StandardNumber(written)
        #expect(number.kind == kind)
        #expect(number.text == text)
        #expect(number.year == year)
        #expect(try StandardNumber(number.text) == number, "the printed form reads as itself")
    }

    @Test(
        "all ways of writing one number are the same number",
        arguments: [
            "Q/KZYW 001—2023", "q/kzyw 001-2023", "Ｑ／ＫＺＹＷ　００１－２０２３", "Q/KZYW 001一2023", "Q/KZYW 001ー2023",
            "  Q/KZYW   001 – 2023 ", "Q / KZYW 001——2023", "Q/KZYW\u{A0}001\u{2212}2023",
            "\u{FEFF}Q/KZYW 001─2023",
            "Q/KZYW 001 一 2023", "Q/KZYW 001\u{2010}2023", "Q/KZYW 001\u{2015}2023", "Q∕KZYW 001－2023",
        ])
    func writings(written: String) throws {
        #expect(try StandardNumber(written) == StandardNumber("Q/KZYW 001-2023"))
    }

    @Test("the optional blank is kept in print and left out of the match key")
    func matchKey() throws {
        let with = try StandardNumber("Q/KZYW 001-2023")
        let without = try StandardNumber("Q/KZYW001-2023")
        #expect(with != without)
        #expect(with.matchKey == without.matchKey)
        #expect(with.matchKey == "Q/KZYW001—2023")
        #expect(try StandardNumber("Q/KZYW 001-2024").matchKey != with.matchKey)
    }

    @Test(
        "what is no number is refused with its reason",
        arguments: [
            ("", "EMPTY"), ("   ", "EMPTY"), (String(repeating: "Q/A", count: 30), "TOO_LONG"),
            (String(repeating: " ", count: 100_000) + "GB 1-2020", "EMPTY"),
            ("Q/沪ABC 001-2023", "CHARACTER"), ("Q/A_B 001-2023", "CHARACTER"), ("一GB 1-2020", "CHARACTER"),
            ("Q/KZYW 001一", "CHARACTER"), ("GB 1-2020;", "CHARACTER"),
            ("Q-MP102-2021", "PREFIX"), ("MPX102-2021", "PREFIX"), ("ABC/T 12-2020", "PREFIX"),
            ("2020", "PREFIX"), ("GB/X 12-2020", "PREFIX"), ("/", "PREFIX"), ("-", "PREFIX"),
            ("T/CAQP 015—2020 T/ESF 0001—2020", "JOINT"), ("GB/T 19001-2016/ISO 9001:2015", "JOINT"),
            ("T/CAQP 015—2020/T/ESF 0001—2020", "JOINT"),
            ("GB 12021.2", "YEAR_MISSING"), ("Q/KZYW 001", "YEAR_MISSING"), ("GB 1-", "YEAR_MISSING"),
            ("GB 191-85", "YEAR"), ("Q/KZYW 001-23", "YEAR"), ("Q/KZYW 001-1823", "YEAR"),
            ("Q/KZYW 001-2123", "YEAR"), ("Q/KZYW 001-20233", "YEAR"), ("ISO 9001:15", "YEAR"),
            ("DB1/T 12-2020", "AREA"), ("DB99/T 12-2020", "AREA"), ("DB111234-2020", "AREA"),
            ("DB-2020", "AREA"),
            ("T/C 12-2020", "GROUP_CODE"), ("T/123 12-2020", "GROUP_CODE"),
            ("T/ABCDEFGHIJKLM 1-2020", "GROUP_CODE"), ("T/-2020", "GROUP_CODE"),
            ("Q/ABC/1234 001-2020", "ENTERPRISE_CODE"),
            ("Q/ABC/DEFG 001-2020", "ENTERPRISE_CODE"), ("Q/A B 001-2020", "ENTERPRISE_CODE"),
            ("Q/ABCDEFGHIJKLMNOPQRSTU 1-2020", "ENTERPRISE_CODE"), ("Q/-2020", "ENTERPRISE_CODE"),
            ("Q/1-2020", "SEQUENCE"), ("Q/A-2020", "SEQUENCE"), ("Q/ABC-2020", "SEQUENCE"),
            ("Q/ABC .1-2020", "SEQUENCE"), ("Q/ABC ABCDE1-2020", "SEQUENCE"), ("Q/ABC 1AB-2020", "SEQUENCE"),
            ("GB 1234567-2020", "SEQUENCE"), ("GB 1.2.3-2020", "SEQUENCE"), ("GB 1.-2020", "SEQUENCE"),
            ("GB 1.1234-2020", "SEQUENCE"), ("GB A1-2020", "SEQUENCE"), ("GB -2020", "SEQUENCE"),
            ("ISO 9001-2015", "SEQUENCE"), ("ISO :2015", "SEQUENCE"), ("ISO 1:2:3", "SEQUENCE"),
        ])
    func refuses(written: String, code: String) throws {
        let flaw = try #require(throws: StandardNumberFlaw.self) { try StandardNumber(written) }
        #expect(flaw.code == code)
        #expect(!flaw.messageZH.isEmpty && !flaw.messageEN.isEmpty)
    }

    @Test("a character that cannot be in a number is named with its place")
    func place() {
        #expect(throws: StandardNumberFlaw.character(position: 3, "沪")) {
            try StandardNumber("Q/沪ABC 001-2023")
        }
    }

    @Test("no text makes reading fail otherwise than with a flaw")
    func fuzz() {
        let alphabet = Array("QTGBDIS/ -—.:019A一Ｑ")
        var state: UInt64 = 2024
        var accepted = 0
        for _ in 0..<20_000 {
            var text = ["Q/", "T/", "GB", "DB11", "ISO", ""][Int(next(&state) % 6)]
            for _ in 0..<next(&state) % 12 {
                text.append(alphabet[Int(next(&state) % UInt64(alphabet.count))])
            }
            if next(&state) % 2 == 0 { text += "-2020" }
            guard let number = try? StandardNumber(text) else { continue }
            accepted += 1
            #expect((try? StandardNumber(number.text)) == number, "\(text)")
        }
        #expect(accepted > 100)
    }

    private func next(_ state: inout UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
