import Contracts
import Gateway
import Testing

@Suite("The tokens of the counter")
struct TokenBookTests {
    private static let token = "9cd007d1fcfb5092fdceb3570da4e873"
    private let book = TokenBook([
        DeploymentAPI.Token(
            token: token, role: .workAgency,
            institution: .init(creditCode: "91110108UE189C4Q99", name: "工作机构")),
        DeploymentAPI.Token(token: "a-token-without-an-institution-of-its-own", role: .authority),
    ])

    @Test("nothing presented is everybody", arguments: [nil, ""] as [String?])
    func nothing(authorization: String?) {
        #expect(book.actor(authorization: authorization) == .everybody)
    }

    @Test(
        "a known token is its role and institution, however the scheme is written",
        arguments: ["Bearer", "bearer", "BEARER"])
    func known(scheme: String) {
        let actor = book.actor(authorization: "\(scheme) \(Self.token)")
        #expect(
            actor
                == Actor(
                    role: .workAgency, institutionCode: "91110108UE189C4Q99", institutionName: "工作机构"))
    }

    @Test("a token without an institution has its role alone")
    func withoutInstitution() {
        let actor = book.actor(authorization: "Bearer a-token-without-an-institution-of-its-own")
        #expect(actor == Actor(role: .authority))
    }

    @Test(
        "what is no known token is nobody, and not everybody",
        arguments: [
            token, "Bearer", "Bearer ", " ", "Basic \(token)", "Bearer \(token.uppercased())",
            "Bearer  \(token)", "Bearer \(token) ", "Bearer\t\(token)", "Bearer \(token.dropLast())",
            "Bearer \(token)\(token)", "Bearer \(token),Bearer \(token)", "Bearer \u{FEFF}\(token)",
        ])
    func unknown(authorization: String) {
        #expect(book.actor(authorization: authorization) == nil)
    }
}
