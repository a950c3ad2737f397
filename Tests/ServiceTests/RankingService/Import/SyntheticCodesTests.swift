import Regulation
import Testing

@testable import RankingService

@Suite("Synthetic credit codes")
struct SyntheticCodesTests {
    @Test("a name leads to one valid code, letter case and blanks not counted")
    func sameName() throws {
        let codes = SyntheticCodes(names: ["Acme  Lighting", "ACME lighting", "Other"])
        let code = try #require(codes.code(of: "acme Lighting"))
        #expect(code == SyntheticCodes.derive(name: "Acme Lighting"))
        #expect(try CreditCode(code.text) == code)
        #expect(Province(regionDigits: code.regionDigits) != nil)
        #expect(code != codes.code(of: "Other"))
        #expect(codes.code(of: "Nobody") == nil)
    }

    @Test("names that collide get different codes, whatever their order")
    func collisions() {
        let names = (0..<50).map { "name \($0)" }
        /// Only ten codes at the first attempt.
        let derive: SyntheticCodes.Derivation = { folded, attempt in
            attempt == 0
                ? SyntheticCodes.derive(name: "\(folded.utf8.reduce(0, { $0 + Int($1) }) % 10)")
                : SyntheticCodes.derive(folded, attempt: attempt)
        }
        let forwards = SyntheticCodes(names: names, derivation: derive)
        let backwards = SyntheticCodes(names: names.reversed(), derivation: derive)
        #expect(Set(names.map { forwards.code(of: $0) }).count == names.count)
        #expect(names.allSatisfy { forwards.code(of: $0) == backwards.code(of: $0) })
    }

    @Test("ten thousand names have ten thousand codes, spread over all provinces of the mainland")
    func spread() {
        let names = (0..<10_000).map { "enterprise \($0)" }
        let codes = SyntheticCodes(names: names)
        let all = Set(names.compactMap { codes.code(of: $0) })
        #expect(all.count == names.count)
        #expect(Set(all.compactMap { Province(regionDigits: $0.regionDigits) }).count == 31)
    }
}
