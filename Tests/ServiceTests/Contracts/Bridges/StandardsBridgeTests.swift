import Contracts
import Regulation
import Testing

@Suite("A declared standard as a message")
struct StandardsBridgeTests {
    static let message = StandardsAPI.DeclaredStandard(
        enterprise: .init(
            creditCode: CreditCode.synthesised(region: "330000", seed: [1]).text, name: "甲公司"),
        syntheticCode: true, province: "浙江省", number: "Q/LAMP 001—2025", name: "LED灯", category: "LAMP",
        models: ["M1", "M2"], attributes: [.init(name: "a", value: "1"), .init(name: "b", value: "x")],
        declarations: [
            .init(indicator: "efficacy", relation: .atLeast, value: "0.050", unit: "lm/W"),
            .init(indicator: "range", relation: .equal, value: "198", upper: "242"),
            .init(indicator: "smart", relation: .equal, value: "yes"),
            .init(indicator: "class", relation: .equal, value: "A++", provenance: "引用 GB 1"),
        ], declaredOn: "2025-03-01", abolishedOn: "2026-03-01", status: .inForce, seriesProduced: true,
        mandatoryBreaches: ["GB 7000.1"], sourceRow: 7)

    @Test("there and back again nothing is lost, not even trailing zeros")
    func roundTrip() throws {
        let standard = try DeclaredStandard(Self.message)
        #expect(StandardsAPI.DeclaredStandard(standard) == Self.message)
        #expect(standard.declarations[0].written == "0.050")
        #expect(standard.declarations[1].value == .interval(ExactDecimal(198), ExactDecimal(242)))
        #expect(standard.declarations[2].value == .flag(true))
        #expect(standard.declarations[3].value == .word("A++"))
        #expect(standard.province?.shortName == "浙江")
    }

    @Test("all flaws are told at once, each with its path")
    func flaws() {
        var message = Self.message
        message.enterprise?.creditCode = "91330000"
        message.number = "LAMP"
        message.province = "Atlantis"
        message.declaredOn = "2025-02-30"
        message.status = .unspecified
        message.attributes[1].name = "a"
        message.declarations[0].relation = .unspecified
        message.declarations[1].upper = "1"
        let error = #expect(throws: BridgeFlaws.self) { try DeclaredStandard(message) }
        #expect(
            Set(error?.flaws.map(\.path) ?? []) == [
                "enterprise.creditCode", "number", "province", "declaredOn", "status", "attributes[1].name",
                "declarations[0].relation", "declarations[1].upper",
            ])
    }
}
