import Foundation
import Testing
import Wire

/// Certificates change while a server runs.
@Suite("TLS credentials that change", .timeLimit(.minutes(2)))
struct ReloadTests {
    /// A server whose files lie at fixed places, and a client channel that is connected.
    private struct Running {
        let root: TestRoot
        let credentials: TLSCredentials
        let server: RPCServer
        let stage = WireStage()

        init() async throws {
            root = try TestRoot()
            let files = try root.issue(.init(uris: ["urn:test:first"]), as: "server")
            credentials = try TLSCredentials(files: files, now: TestRoot.now)
            server = try await RPCServer.bind(
                router: stage.router, limits: .patient, security: .mutualTLS(credentials))
        }

        func client(expecting uri: String) throws -> ClientChannel {
            ClientChannel(
                host: "127.0.0.1", port: server.boundPort, limits: .patient,
                security: .mutualTLS(try root.credentials()),
                expecting: .uri(uri))
        }
    }

    @Test("after a reload a connection goes on, and a new one is shown the new certificate")
    func replaced() async throws {
        let running = try await Running()
        let old = try running.client(expecting: "urn:test:first")
        let held = Task { await old.stage("Hold", [1], timeout: .seconds(60)) }
        #expect(await running.stage.next() == [.started("Hold")])
        #expect(try running.credentials.reload() == false, "nothing has changed yet")
        let before = running.credentials.identity
        _ = try running.root.issue(.init(uris: ["urn:test:second"]), as: "server")
        #expect(try running.credentials.reload())
        #expect(running.credentials.identity.names.uris == ["urn:test:second"])
        #expect(running.credentials.identity.fingerprint != before.fingerprint)

        let new = try running.client(expecting: "urn:test:second")
        #expect(await new.stage("Echo", [2]) == .success([2]))
        let late = try running.client(expecting: "urn:test:first")
        #expect(words(await late.stage("Echo")).contains("not made out to urn:test:first"))
        #expect(await old.stage("Echo", [3]) == .success([3]), "on its old connection")
        running.stage.release()
        #expect(await held.value == .success([1]))
        for channel in [old, new, late] { await channel.close() }
        await running.server.shutdown(within: .seconds(5))
    }

    @Test(
        "after a change of roots new connections of the former root are refused, and those of the new come in"
    )
    func roots() async throws {
        let (ours, theirs) = (try TestRoot("our root"), try TestRoot("the next root"))
        let own = try ours.issue(.init(uris: ["urn:test:server"]))
        try ours.write(String(contentsOfFile: ours.roots, encoding: .utf8), "believed.pem")
        let credentials = try TLSCredentials(
            files: TLSFiles(
                certificate: own.certificate, key: own.key, roots: ours.folder + "/believed.pem"),
            now: TestRoot.now)
        let server = try await RPCServer.bind(
            router: TLSStage.router, limits: .patient, security: .mutualTLS(credentials))
        func client(of root: TestRoot) throws -> ClientChannel {
            let files = try root.issue()
            let shown = TLSFiles(certificate: files.certificate, key: files.key, roots: ours.roots)
            return ClientChannel(
                host: "127.0.0.1", port: server.boundPort, limits: .patient,
                security: .mutualTLS(try TLSCredentials(files: shown, now: TestRoot.now)))
        }
        let former = try client(of: ours)
        let early = try client(of: theirs)
        #expect(await former.stage("Echo", [1]) == .success([1]))
        #expect(words(await early.stage("Echo")).contains("does not lead to a root that it trusts"))

        try ours.write(String(contentsOfFile: theirs.roots, encoding: .utf8), "believed.pem")
        #expect(try credentials.reload())
        let next = try client(of: theirs)
        #expect(await next.stage("Echo", [2]) == .success([2]))
        let late = try client(of: ours)
        #expect(words(await late.stage("Echo")).contains("does not lead to a root that it trusts"))
        #expect(await former.stage("Echo", [3]) == .success([3]), "on its old connection")
        for channel in [former, early, next, late] { await channel.close() }
        await server.shutdown(within: .seconds(5))
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// File to overwrite, and with what; nil removes it.
        let file: String
        let text: String?
        let told: String

        static let all = [
            Damage(
                testDescription: "another key", file: "server.key", text: "other.key",
                told: "does not belong to the certificate"),
            Damage(
                testDescription: "another certificate", file: "server.pem", text: "other.pem",
                told: "does not belong to the certificate"),
            Damage(
                testDescription: "no key", file: "server.key", text: "-----BEGIN", told: "no private key"),
            Damage(
                testDescription: "an empty certificate", file: "server.pem", text: "",
                told: "holds no certificate"),
            Damage(
                testDescription: "half a certificate", file: "server.pem",
                text: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
                told: "holds no certificate"),
            Damage(testDescription: "empty roots", file: "root.pem", text: "", told: "holds no certificate"),
            Damage(testDescription: "no file", file: "server.pem", text: nil, told: "cannot be read"),
            Damage(
                testDescription: "far too much", file: "root.pem",
                text: String(repeating: "x", count: 1_100_000), told: "is it the right file"),
        ]
    }

    @Test(
        "a broken or mismatching pair is refused with its file, and the old one stays in use",
        arguments: Damage.all)
    func broken(damage: Damage) async throws {
        let running = try await Running()
        let client = try running.client(expecting: "urn:test:first")
        _ = try running.root.issue(.init(uris: ["urn:test:other"]), as: "other")
        let path = running.root.folder + "/" + damage.file
        let whole = try String(contentsOfFile: path, encoding: .utf8)
        if let text = damage.text {
            let isName = text.hasPrefix("other.")
            let content =
                isName ? try String(contentsOfFile: running.root.folder + "/" + text, encoding: .utf8) : text
            try running.root.write(content, damage.file)
        } else {
            try FileManager.default.removeItem(atPath: path)
        }
        let before = running.credentials.identity
        do throws(CredentialFlaw) {
            try running.credentials.reload()
            Issue.record("it was taken")
        } catch {
            #expect(error.description.contains(damage.told), "\(error)")
            #expect(error.description.contains(damage.file), "\(error)")
        }
        #expect(running.credentials.identity == before)
        #expect(await client.stage("Echo", [1]) == .success([1]))
        try running.root.write(whole, damage.file)
        #expect(try running.credentials.reload() == false, "all is as it was")
        await client.close()
        await running.server.shutdown(within: .seconds(5))
    }

    @Test("a certificate to which the process objects is refused at the start and at a reload")
    func objection() throws {
        let root = try TestRoot()
        let files = try root.issue(.init(uris: ["urn:test:ours"]), as: "own")
        let objection: @Sendable (PeerIdentity) -> String? = {
            $0.names.uris == ["urn:test:ours"] ? nil : "it is not ours"
        }
        let credentials = try TLSCredentials(files: files, now: TestRoot.now, objection: objection)
        _ = try root.issue(.init(uris: ["urn:test:theirs"]), as: "own")
        let flaw = CredentialFlaw.unusable(files.certificate, "it is not ours")
        #expect(throws: flaw) { try credentials.reload() }
        #expect(credentials.identity.names.uris == ["urn:test:ours"])
        #expect(throws: flaw) {
            try TLSCredentials(files: files, now: TestRoot.now, objection: objection)
        }
    }

    @Test("what cannot be loaded at the start is refused with the file's name")
    func start() throws {
        let root = try TestRoot()
        let good = try root.issue()
        let missing = TLSFiles(
            certificate: good.certificate, key: root.folder + "/absent.key", roots: root.roots)
        #expect(throws: CredentialFlaw.unreadable(root.folder + "/absent.key")) {
            try TLSCredentials(files: missing, now: TestRoot.now)
        }
    }
}
