import Foundation
import Glibc
import Testing

extension ProcessTests {
    @Suite("Processes over TLS", .serialized)
    struct SecureStartTests {
        @Test("four processes find one another over TLS, and an institution acts by its certificate")
        func wholeDeployment() async throws {
            let deployed = try await SecureDeployed()
            defer { deployed.remove() }
            var servants: [Servant] = []
            for role in ["gateway", "ranking", "scheme", "compliance"] {
                servants.append(try await deployed.start(role))
            }
            try await eventually("all are serving") {
                let backends = try await deployed.call("Gateway/Overview")["backends"] as? [[String: Any]]
                return (backends ?? []).filter { $0["serving"] as? Bool == true }.count == 3
            }
            let caller = try await deployed.call("Gateway/WhoAmI")
            #expect(caller["role"] as? String == "ROLE_WORK_AGENCY")
            // Through the gateway to the ranking service, which believes the gateway's word over TLS.
            let imported = try await Program.run(
                [
                    "import", "standards", Bundled.refrigerators, "--profile", Bundled.refrigeratorProfile,
                    "--cutoff", "2025-09-01", "--to", deployed.gateway,
                ] + deployed.shows(SecureDeployed.agencyCode))
            #expect(imported.status == 0, "\(imported.errors)")
            for role in Deployed.roles {
                let status = try await deployed.call(
                    "Node/Status", as: "compliance", at: deployed.plain.address(of: role))
                #expect(status["role"] as? String == role)
            }
            let process = try await deployed.call("Gateway/WhoAmI", as: "scheme")
            #expect(process["role"] as? String == "ROLE_PUBLIC", "a process does not act at the counter")
            let bare = try await Program.run(["call", "Gateway/WhoAmI", "--to", deployed.gateway])
            #expect(bare.status == 3)
            for servant in servants {
                #expect(try await servant.end() == 0)
                #expect(servant.words.contains("ended in good order"))
            }
        }

        @Test("one process with every role serves over TLS with one certificate")
        func allInOne() async throws {
            let deployed = try await SecureDeployed()
            defer { deployed.remove() }
            let folder = deployed.plain.folder + "/all"
            try await deployed.issue(["init", "--data", folder])
            try await deployed.issue(["issue", "--data", folder, "--role", "all", "--name", "all"])
            let shown = [
                "--tls-certificate", folder + "/all.pem", "--tls-key", folder + "/all.key", "--tls-roots",
                folder + "/root.pem",
            ]
            let all = try await Servant.ready(
                "gateway", deployed.plain.arguments("all") + shown, log: deployed.plain.folder + "/all.log")
            try await eventually("all are serving") {
                let outcome = try await Program.run(
                    ["call", "Gateway/Overview", "--to", deployed.gateway] + shown)
                return outcome.output.components(separatedBy: #""serving":true"#).count == 4
                    || outcome.output.components(separatedBy: #""serving": true"#).count == 4
            }
            #expect(try await all.end() == 0)
        }

        @Test("the client says why it does not speak to a server, and takes the configuration's files")
        func client() async throws {
            let deployed = try await SecureDeployed()
            defer { deployed.remove() }
            let gateway = try await deployed.start("gateway")
            let expecting = try await Program.run(
                [
                    "call", "Gateway/WhoAmI", "--to", deployed.gateway, "--tls-server",
                    "urn:forerunner:process:scheme",
                ]
                    + deployed.shows(SecureDeployed.agencyCode))
            #expect(expecting.status == 3)
            #expect(expecting.errors.contains("not made out to urn:forerunner:process:scheme"))
            let files = Array(deployed.shows(SecureDeployed.agencyCode).prefix(4))
            let configured = try await Program.run(
                [
                    "call", "Gateway/WhoAmI", "--to", deployed.gateway, "--config",
                    deployed.plain.configuration,
                ]
                    + files)
            #expect(configured.status == 0, "\(configured.errors)")
            let incomplete = try await Program.run(
                ["call", "Gateway/WhoAmI", "--to", deployed.gateway] + files)
            #expect(incomplete.status == 2)
            #expect(incomplete.errors.contains("--tls-roots"))
            let other = deployed.plain.folder + "/other"
            try await deployed.issue(["init", "--data", other])
            let stranger = try await Program.run(
                ["call", "Gateway/WhoAmI", "--to", deployed.gateway, "--tls-roots", other + "/root.pem"]
                    + files)
            #expect(stranger.status == 3)
            #expect(stranger.errors.contains("does not lead to a trusted root"), "\(stranger.errors)")
            #expect(try await gateway.end() == 0)
        }

        @Test("SIGHUP takes new files without a restart, and keeps the old ones when the new are broken")
        func reload() async throws {
            let deployed = try await SecureDeployed()
            defer { deployed.remove() }
            // A root that can still issue.
            let root = deployed.plain.folder + "/root"
            try await deployed.issue(["init", "--data", root])
            func renew(_ stem: String, days: Int) async throws {
                for suffix in [".pem", ".key"] {
                    try? FileManager.default.removeItem(atPath: root + "/next" + suffix)
                }
                try await deployed.issue([
                    "issue", "--data", root, "--role", "gateway", "--name", "next", "--days", "\(days)",
                    "--out", root + "/next",
                ])
                for suffix in [".pem", ".key"] {
                    try Data(contentsOf: URL(fileURLWithPath: root + "/next" + suffix)).write(
                        to: URL(fileURLWithPath: deployed.pki + "/gateway" + suffix), options: .atomic)
                }
            }
            let gateway = try await deployed.start("gateway")
            #expect(!gateway.words.contains("ends in"))
            try await renew("gateway", days: 20)
            kill(gateway.process.processIdentifier, SIGHUP)
            try await eventually("the new one is taken") { gateway.words.contains("certificate reloaded") }
            try await eventually("its end is near") {
                gateway.words.contains("gateway.pem: the certificate ends in")
            }
            // The gateway now shows a certificate of the other root.
            let refused = try await Program.run(
                ["call", "Gateway/WhoAmI", "--to", deployed.gateway]
                    + deployed.shows(SecureDeployed.agencyCode))
            #expect(refused.status == 3)
            #expect(refused.errors.contains("does not lead to a trusted root"), "\(refused.errors)")
            var shown = deployed.shows(SecureDeployed.agencyCode)
            shown[5] = root + "/root.pem"
            let taken = try await Program.run(["call", "Gateway/WhoAmI", "--to", deployed.gateway] + shown)
            #expect(taken.status == 0, "\(taken.errors)")

            try "no key".write(toFile: deployed.pki + "/gateway.key", atomically: true, encoding: .utf8)
            kill(gateway.process.processIdentifier, SIGHUP)
            try await eventually("the flaw is told") {
                gateway.words.contains("gateway.key holds no private key")
            }
            #expect(gateway.words.contains("the former one stays in use"))
            let still = try await Program.run(["call", "Gateway/WhoAmI", "--to", deployed.gateway] + shown)
            #expect(still.status == 0, "\(still.errors)")
            #expect(try await gateway.end() == 0)
        }

        @Test("with TLS, or on the operator's word, a process listens off the loopback interface")
        func interfaces() async throws {
            let deployed = try await SecureDeployed()
            defer { deployed.remove() }
            try deployed.configure(host: "0.0.0.0")
            #expect(try await deployed.start("scheme").end() == 0)
            let plain = #"{ "addresses": { "scheme": "0.0.0.0:\#(deployed.plain.portBase + 3)" } "#
            try (plain + "}").write(
                toFile: deployed.plain.configuration, atomically: true, encoding: .utf8)
            let refused = try await Program.run(deployed.plain.arguments("scheme"))
            #expect(refused.status == 2)
            #expect(refused.errors.contains("allowPlaintext"))
            try (plain + #", "allowPlaintext": true }"#).write(
                toFile: deployed.plain.configuration, atomically: true, encoding: .utf8)
            #expect(try await deployed.plain.start("scheme").end() == 0)
        }

        @Test("a process does not start with another's certificate, or an institution's")
        func wrongCertificate() async throws {
            let deployed = try await SecureDeployed()
            defer { deployed.remove() }
            for (holder, told) in [
                ("scheme", "not to ranking"), (SecureDeployed.agencyCode, "not made out to a process"),
            ] {
                let outcome = try await Program.run(
                    deployed.plain.arguments("ranking") + Array(deployed.shows(holder).prefix(4)))
                #expect(outcome.status == 2)
                #expect(outcome.errors.contains(told), "\(outcome.errors)")
            }
            let missing = try await Program.run(deployed.plain.arguments("ranking"))
            #expect(missing.status == 2)
            #expect(missing.errors.contains("tls.certificate is missing"), "\(missing.errors)")
        }

        @Test(
            "another implementation of TLS comes in with 1.3 and not with 1.2",
            .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "no openssl here"))
        func openSSL() async throws {
            let deployed = try await SecureDeployed()
            defer { deployed.remove() }
            let gateway = try await deployed.start("gateway")
            func handshake(_ version: String, _ holder: String?) throws -> String {
                let process = Process()
                let output = Pipe()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
                process.arguments =
                    [
                        "s_client", "-connect", deployed.gateway, "-" + version, "-CAfile",
                        deployed.pki + "/root.pem",
                        "-verify_return_error", "-ign_eof", "-verify_ip", "127.0.0.1",
                    ]
                    + (holder.map {
                        ["-cert", deployed.pki + "/\($0).pem", "-key", deployed.pki + "/\($0).key"]
                    } ?? [])
                // A frame whose announcement is beyond repair: the server answers and closes, which ends
                // openssl.
                let input = Pipe()
                process.standardInput = input
                process.standardOutput = output
                process.standardError = output
                try process.run()
                try? input.fileHandleForWriting.write(
                    contentsOf: Data([255, 255, 255, 255, 0, 0, 0, 1, 1, 0]))
                try? input.fileHandleForWriting.close()
                let words = output.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                return String(decoding: words, as: UTF8.self)
            }
            let good = try handshake("tls1_3", SecureDeployed.agencyCode)
            #expect(good.contains("Verification: OK") && good.contains("TLSv1.3"), "\(good)")
            #expect(good.contains("message length"), "the frame decoder answers: \(good)")
            #expect(try handshake("tls1_2", SecureDeployed.agencyCode).contains("alert protocol version"))
            #expect(try handshake("tls1_3", nil).contains("certificate required"))
            #expect(try await gateway.end() == 0)
        }
    }
}
