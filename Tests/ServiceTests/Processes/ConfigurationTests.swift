import Foundation
import Glibc
import Testing

extension ProcessTests {
    @Suite("What a start refuses", .serialized)
    struct ConfigurationTests {
        @Test(
            "a port in use is named, and no half-started process remains", arguments: ["scheme", "gateway"])
        func portInUse(role: String) async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let holder = try PortHolder(at: deployed.address(of: role))
            let outcome = try await Program.run(deployed.arguments(role))
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(deployed.address(of: role)), "\(outcome.errors)")
            #expect(!outcome.errors.contains("ready gateway"))
            #expect(ProcessTable.servant(role, on: deployed.data) == nil)
            holder.release()
            #expect(try await deployed.start(role).end() == 0)
        }

        @Test("the site's port in use is named, and the counter does not stay behind")
        func sitePortInUse() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let site = "127.0.0.1:\(deployed.portBase + 4)"
            let holder = try PortHolder(at: site)
            let outcome = try await Program.run(deployed.arguments("gateway"))
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(site), "\(outcome.errors)")
            #expect(!outcome.errors.contains("ready gateway"))
            holder.release()
            #expect(try await deployed.start("gateway").end() == 0)
        }

        @Test("a year on ports of somebody else says whose they are not and leaves no process")
        func yearPortsInUse() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let holder = try PortHolder(at: "127.0.0.1:\(deployed.portBase + 2)")
            let outcome = try await Program.run([
                "year", "--data", deployed.data, "--port-base", "\(deployed.portBase)", "--web-port",
                "\(deployed.portBase + 4)", "--lang", "en",
            ])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("127.0.0.1:\(deployed.portBase + 2)"), "\(outcome.errors)")
            #expect(ProcessTable.find(["--data", deployed.data]).isEmpty)
            holder.release()
        }

        @Test(
            "a data folder that cannot be had is named",
            arguments: [["serve", "scheme"], ["serve", "ranking"], ["year"]])
        func folder(command: [String]) async throws {
            let scratch = try Scratch.folder()
            defer { try? FileManager.default.removeItem(atPath: scratch) }
            try "a file".write(toFile: scratch + "/file", atomically: true, encoding: .utf8)
            let below = try await Program.run(command + ["--data", scratch + "/file/data"])
            #expect(below.status == 2)
            #expect(below.errors.contains(scratch + "/file/data"))
            #expect(try Scratch.contents(of: scratch).keys.sorted() == ["file"])
            // The administrator may write everywhere.
            if getuid() == 0 { return }
            try FileManager.default.createDirectory(
                atPath: scratch + "/locked", withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0])
            let locked = try await Program.run(command + ["--data", scratch + "/locked"])
            #expect(locked.status == 2)
            #expect(locked.errors.contains(scratch + "/locked"))
        }

        @Test(
            "a wrong configuration is refused with its place",
            arguments: [
                (#"{ "addresses": { "schema": "127.0.0.1:1" } }"#, "addresses.schema"),
                (#"{ "platformKey": "short" }"#, "platformKey"),
                (
                    #"{ "tokens": [ { "token": "short", "role": "ROLE_WORK_AGENCY" } ] }"#,
                    "tokens[0].token"
                ),
                (
                    #"{ "tokens": [ { "token": "0123456789012345678901234567890123456789" } ] }"#,
                    "tokens[0].role"
                ),
                (#"{ "tokens": [ { "role": "ROLE_KING" } ] }"#, "ROLE_KING"),
                ("{\n  \"addresses\": { \"scheme\": 7401 } }", "2:"),
                (#"{ "addresses": { "scheme": "everywhere" } }"#, "addresses.scheme: “everywhere”"),
                (
                    #"{ "addresses": { "ranking": "127.0.0.1:1,anywhere" } }"#,
                    "addresses.ranking[1]: “anywhere”"
                ),
                (#"{ "addresses": { "ranking": "127.0.0.1:1, 127.0.0.1:1" } }"#, "addresses.ranking[1]"),
                (#"{ "addresses": { "ranking": "127.0.0.1:1,,127.0.0.1:2" } }"#, "addresses.ranking[1]"),
                (#"{ "addresses": { "web": "nowhere" } }"#, "addresses.web: “nowhere”"),
                (#"{ "addresses": { "scheme": "0.0.0.0:7401" } }"#, "0.0.0.0:7401"),
                (#"{ "platformKey": "a", "platformKey": "b" }"#, "platformKey"),
                (
                    #"{ "tls": { "institutions": [ { "institution": { "creditCode": "91" } } ] } }"#,
                    "tls.institutions[0].institution.creditCode"
                ),
                (
                    #"{ "tls": { "institutions": ["#
                        + #"{ "institution": { "creditCode": "91440400192548256N" } } ] } }"#,
                    "tls.institutions[0].role"
                ),
                (#"{ "tls": { "cert": "a.pem" } }"#, "tls.cert"),
                (#"{ "tls": { "key": "a.key" } }"#, "tls.certificate is missing"),
                (#"{ "tls": { "certificate": "a.pem", "key": "a.key" } }"#, "tls.roots is missing"),
                ("no object", "1:1"), ("", "1:1"),
            ])
        func configuration(text: String, place: String) async throws {
            let scratch = try Scratch.folder()
            defer { try? FileManager.default.removeItem(atPath: scratch) }
            let file = scratch + "/deployment.json"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try await Program.run([
                "serve", "scheme", "--data", scratch + "/data", "--config", file,
            ])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(place), "\(outcome.errors)")
            if !text.contains("0.0.0.0") {
                #expect(outcome.errors.contains(file), "\(outcome.errors)")
                #expect(try Scratch.contents(of: scratch).keys.sorted() == ["deployment.json"])
            }
        }
    }
}

/// Somebody else who listens on an address.
final class PortHolder {
    private let socket: Int32

    init(at text: String) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(try #require(UInt16(text.split(separator: ":")[1]))).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isBound, listen(socket, 8) == 0 else { throw Missed("\(text) could not be held") }
    }

    func release() { close(socket) }
}
