import Contracts
import Foundation
import FoundationXML
import Testing

@testable import Gateway

@Suite("Marks to print")
struct TitleMarkTests {
    private let title = ComplianceAPI.Title(
        id: "TITLE-8Q2M6ZK3TD",
        forerunner: .init(
            enterprise: .init(creditCode: "91440400192548256N", name: "<script>&\"照明\""),
            standardNumber: "Q/ESL 2327079—2018"), product: "一种名称特别长的、超过一行所能容纳的照明产品和灯具",
        validFrom: "2026-01-01", validUntil: "2026-12-31", state: .valid)

    @Test("a mark says whose title it is, and no name becomes markup")
    func text() throws {
        let mark = TitleMark(title: title, address: "https://forerunner.example/titles/TITLE-8Q2M6ZK3TD")
        let svg = try #require(mark.svg)
        let document = try XMLDocument(xmlString: svg)
        let words = try document.nodes(forXPath: "//*[local-name()='text']").compactMap(\.stringValue)
        #expect(words.contains("<script>&\"照明\""))
        #expect(words.contains { $0.contains("2026-12-31") })
        #expect(words.contains("TITLE-8Q2M6ZK3TD"))
        #expect(try document.nodes(forXPath: "//*[local-name()='script']").isEmpty)
        #expect(words.allSatisfy { $0.count <= 30 })
    }

    @Test("a code has its three finders, and its path draws every dark module once")
    func code() throws {
        let code = try #require(QRCode("https://forerunner.example/titles/TITLE-8Q2M6ZK3TD"))
        func isDark(_ column: Int, _ row: Int) -> Bool { code.isDark[row * code.width + column] }
        for (left, top) in [(0, 0), (code.width - 7, 0), (0, code.width - 7)] {
            for place in 0..<7 {
                #expect(isDark(left + place, top) && isDark(left, top + place))
                #expect(isDark(left + 3, top + 3) && !isDark(left + 1, top + 1))
            }
        }
        let lengths = code.path.matches(of: #/h(\d+)v1/#).compactMap { Int($0.1) }
        #expect(lengths.reduce(0, +) == code.isDark.filter { $0 }.count)
        #expect(QRCode(String(repeating: "x", count: 4000)) == nil)
    }
}
