import Contracts
import Testing
import Wire

@Suite("What may be repeated")
struct CallRepeatabilityTests {
    private func repeatability(_ service: String, _ method: String, _ metadata: Metadata) -> Repeatability {
        AccessTable.repeatability(service: service, method: method, metadata: metadata)
    }

    @Test("every read may, every command only with a request id")
    func effects() {
        #expect(AccessTable.policies.count > 30)
        for (name, policy) in AccessTable.policies {
            let parts = name.split(separator: "/").map(String.init)
            let bare = repeatability(parts[0], parts[1], Metadata())
            let identified = repeatability(parts[0], parts[1], [CallMetadata.requestID: "r1"])
            let empty = repeatability(parts[0], parts[1], [CallMetadata.requestID: ""])
            switch policy.effect {
            case .read: #expect([bare, identified, empty] == [.always, .always, .always], "\(name)")
            case .command: #expect([bare, identified, empty] == [.never, .afterFailure, .never], "\(name)")
            case .unspecified, .unrecognized: Issue.record("\(name) does not say what it does")
            }
        }
    }

    @Test("a method without a row may not")
    func unknown() {
        #expect(repeatability("a.B", "C", [CallMetadata.requestID: "r1"]) == .never)
    }
}
