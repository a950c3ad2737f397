import Contracts
import Testing

@Suite("Whom a certificate names")
struct CertifiedNameTests {
    private static let code = "91440400192548256N"

    @Test(
        "an institution by its code, a process by its roles, nobody by foreign names",
        arguments: [
            ([], CertifiedName.none),
            (["spiffe://example.org/x", "https://example.org"], .none),
            (["urn:forerunner:institution:\(code)"], .institution(creditCode: code)),
            (["urn:uuid:1", "urn:forerunner:institution:\(code)"], .institution(creditCode: code)),
            (["urn:forerunner:process:scheme"], .process(roles: ["scheme"])),
            (
                ["urn:forerunner:process:scheme", "urn:forerunner:process:gateway"],
                .process(roles: ["scheme", "gateway"])
            ),
        ] as [([String], CertifiedName)])
    func named(uris: [String], name: CertifiedName) throws {
        #expect(try CertifiedName(uris: uris) == name)
    }

    @Test(
        "what is nearly one of ours is a flaw, and not nobody",
        arguments: [
            (["urn:forerunner:institution:"], .creditCode("")),
            (["urn:forerunner:institution:\(code.lowercased())"], .creditCode(code.lowercased())),
            (["urn:forerunner:institution:\(code) "], .creditCode(code + " ")),
            (["urn:forerunner:institution:91440400192548256M"], .creditCode("91440400192548256M")),
            (["urn:forerunner:institution:\(code)/x"], .creditCode(code + "/x")),
            (["URN:forerunner:institution:\(code)"], .form("URN:forerunner:institution:\(code)")),
            (["urn:Forerunner:process:scheme"], .form("urn:Forerunner:process:scheme")),
            (["urn:forerunner:agency:\(code)"], .form("urn:forerunner:agency:\(code)")),
            (["urn:forerunner:"], .form("urn:forerunner:")),
            (["urn:forerunner:process:"], .role("")),
            (["urn:forerunner:process:king"], .role("king")),
            (["urn:forerunner:process:Scheme"], .role("Scheme")),
            (["urn:forerunner:process:scheme", "urn:forerunner:process:scheme"], .roleTwice("scheme")),
            (
                ["urn:forerunner:institution:\(code)", "urn:forerunner:institution:\(code)"],
                .twoInstitutions
            ),
            (
                ["urn:forerunner:process:scheme", "urn:forerunner:institution:\(code)"],
                .institutionAndProcess
            ),
            (["urn:forerunner:institution:\(code)", "urn:forerunner:other"], .form("urn:forerunner:other")),
        ] as [([String], CertifiedNameFlaw)])
    func flawed(uris: [String], flaw: CertifiedNameFlaw) {
        #expect(throws: flaw) { try CertifiedName(uris: uris) }
    }
}
