import Foundation
import SwiftASN1
import Testing
import X509

extension ProcessTests {
    @Suite("The demonstration authority", .serialized)
    struct PkiTests {
        private let folder: String

        init() throws { folder = try Scratch.folder() }

        private func pki(_ arguments: String...) async throws -> Program.Outcome {
            try await Program.run(["pki"] + arguments)
        }

        private func certificate(_ name: String) throws -> Certificate {
            try Certificate(pemEncoded: Bundled.text(folder + "/" + name))
        }

        private func names(_ name: String) throws -> [GeneralName] {
            Array(try #require(try certificate(name).extensions.subjectAlternativeNames))
        }

        @Test("a root and what it issues: names, uses, times, and files for their owner only")
        func issues() async throws {
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let made = try await pki("init", "--data", folder, "--name", "试验根")
            #expect(made.status == 0, "\(made.errors)")
            #expect(made.output == "\(folder)/root.pem\n\(folder)/root.key\n")
            #expect(
                try await pki(
                    "issue", "--data", folder, "--role", "gateway", "--name", "counter", "--host",
                    "counter.example.org", "--host", "192.0.2.7", "--host", "2001:db8::7", "--days", "90"
                ).status == 0)
            #expect(try await pki("issue", "--data", folder, "--role", "all", "--name", "all").status == 0)
            let code = SecureDeployed.agencyCode
            #expect(
                try await pki("issue", "--data", folder, "--institution", code, "--name", "工作机构").status == 0)
            #expect(
                try Scratch.contents(of: folder).keys.sorted() == [
                    "\(code).key", "\(code).pem", "all.key", "all.pem", "gateway.key", "gateway.pem",
                    "root.key", "root.pem",
                ])
            for path in Scratch.files(in: folder) {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
                #expect((mode as? NSNumber)?.intValue == 0o600, "\(path)")
            }

            let root = try certificate("root.pem")
            let gateway = try certificate("gateway.pem")
            #expect(root.publicKey.isValidSignature(gateway.signature, for: gateway))
            #expect(try root.extensions.basicConstraints == .isCertificateAuthority(maxPathLength: 0))
            #expect(try gateway.extensions.basicConstraints == .notCertificateAuthority)
            #expect(abs(gateway.notValidAfter.timeIntervalSinceNow - 90 * 86_400) < 3_600)
            #expect(
                try names("gateway.pem") == [
                    .uniformResourceIdentifier("urn:forerunner:process:gateway"),
                    .dnsName("counter.example.org"),
                    .ipAddress(ASN1OctetString(contentBytes: [192, 0, 2, 7])),
                    .ipAddress(
                        ASN1OctetString(
                            contentBytes: [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [7])),
                ])
            #expect(
                try names("\(code).pem") == [.uniformResourceIdentifier("urn:forerunner:institution:\(code)")]
            )
            #expect(
                try certificate("\(code).pem").extensions.extendedKeyUsage == ExtendedKeyUsage([.clientAuth]))
            #expect(
                Array(try names("all.pem")[..<4])
                    == ["gateway", "scheme", "ranking", "compliance"].map {
                        .uniformResourceIdentifier("urn:forerunner:process:\($0)")
                    })
        }

        @Test("nothing is overwritten, and no half pair is left")
        func overwriting() async throws {
            defer { try? FileManager.default.removeItem(atPath: folder) }
            #expect(try await pki("init", "--data", folder).status == 0)
            #expect(try await pki("issue", "--data", folder, "--role", "scheme", "--name", "s").status == 0)
            let before = try Scratch.contents(of: folder)
            for arguments in [
                ["init", "--data", folder], ["issue", "--data", folder, "--role", "scheme", "--name", "s"],
            ] {
                let again = try await Program.run(["pki"] + arguments)
                #expect(again.status == 2)
                #expect(again.errors.contains("is not overwritten"), "\(again.errors)")
            }
            try FileManager.default.removeItem(atPath: folder + "/scheme.key")
            #expect(try await pki("issue", "--data", folder, "--role", "scheme", "--name", "s").status == 2)
            #expect(try Scratch.contents(of: folder) == before.filter { $0.key != "scheme.key" })
        }

        @Test(
            "what cannot be issued is told with the option",
            arguments: [
                (["--institution", "91440400192548256M", "--name", "x"], "--institution"),
                (["--role", "king", "--name", "x"], "king"),
                (["--role", "scheme", "--role", "scheme", "--name", "x"], "twice"),
                (["--name", "x"], "--institution CODE or --role ROLE"),
                (["--role", "scheme", "--institution", "91440400192548256N", "--name", "x"], "either"),
                (["--role", "scheme", "--name", ""], "--name"),
                (["--role", "scheme", "--name", String(repeating: "长", count: 65)], "--name"),
                (["--role", "scheme", "--name", "x", "--host", "a b"], "a b"),
                (["--role", "scheme", "--name", "x", "--days", "0"], "--days 0"),
                (["--role", "scheme", "--name", "x", "--days", "60"], "the root itself ends"),
            ])
        func refused(options: [String], told: String) async throws {
            defer { try? FileManager.default.removeItem(atPath: folder) }
            #expect(try await pki("init", "--data", folder, "--days", "50").status == 0)
            let outcome = try await Program.run(["pki", "issue", "--data", folder] + options)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(told), "\(outcome.errors)")
            #expect(try Scratch.contents(of: folder).keys.sorted() == ["root.key", "root.pem"])
        }

        @Test("without a root, with another's key or with none, nothing is issued")
        func withoutRoot() async throws {
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let none = try await pki("issue", "--data", folder, "--role", "scheme", "--name", "s")
            #expect(none.status == 2)
            #expect(none.errors.contains("forerunner pki init"), "\(none.errors)")
            #expect(try await pki("init", "--data", folder + "/one").status == 0)
            #expect(try await pki("init", "--data", folder + "/two").status == 0)
            try FileManager.default.removeItem(atPath: folder + "/one/root.key")
            let keyless = try await pki("issue", "--data", folder + "/one", "--role", "scheme", "--name", "s")
            #expect(keyless.status == 2)
            #expect(keyless.errors.contains("root.key"), "\(keyless.errors)")
            try FileManager.default.copyItem(
                atPath: folder + "/two/root.key", toPath: folder + "/one/root.key")
            let foreign = try await pki("issue", "--data", folder + "/one", "--role", "scheme", "--name", "s")
            #expect(foreign.status == 2)
            #expect(foreign.errors.contains("is not the key of"), "\(foreign.errors)")
        }
    }
}
