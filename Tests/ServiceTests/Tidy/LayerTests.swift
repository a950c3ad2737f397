import Testing

@Suite("Layers: who may import what")
struct LayerTests {
    static let table = PackageTable(manifest: SourceTree.text("Package.swift") ?? "")
    static let imports = SourceTree.swift.filter { $0.path.hasPrefix("Sources/") }
        .flatMap(ImportLine.all(in:))
    static let services: Set<String> = ["SchemeService", "RankingService", "ComplianceService"]

    /// Files that hand a `Database` on to a store without a word of SQL in them.
    static let databaseCarriers: Set<String> = [
        "Sources/Authority/Decision.swift",
        "Sources/Authority/CommandDesk.swift",
        "Sources/RankingService/RankingService.swift",
        "Sources/RankingService/Lists/RankingService+Computing.swift",
    ]

    static func holdsSQL(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return path.hasPrefix("Sources/Ledger/") || name.contains("Store")
            || name.hasSuffix("Projections.swift") || name == "BulkAudit.swift"
    }

    private func offences(_ isOffence: (ImportLine) -> Bool) -> [Offence] {
        Self.imports.filter(isOffence).map { Offence($0.file.path, $0.line, "imports \($0.module)") }
    }

    @Test("the table of targets is read whole")
    func readable() {
        #expect(Self.table.modules.count >= 14)
        #expect(Self.table.modules["Regulation"] == [])
        #expect(Self.table.modules["Wire"]?.isSuperset(of: ["CMessages", "NIOCore"]) == true)
        #expect(Self.table.modules["forerunner"]?.contains("ArgumentParser") == true)
        #expect(Self.imports.count > 300)
    }

    @Test("a target imports only what Package.swift lists for it")
    func listed() {
        expectNone(
            offences { line in
                let allowed = Self.table.modules[line.file.target] ?? []
                return !allowed.contains(line.module) && !PackageTable.platform.contains(line.module)
            },
            remedy: "dependencies point downwards: use what is below, or list it in Package.swift on purpose")
    }

    /// What is made of services: the program, the tests, and what measures one.
    private static let hosts = ["forerunner", "ServiceTests", "ranking-bench"]

    @Test("a service never imports another service, and nothing below the program imports a service")
    func services() {
        expectNone(
            offences { Self.services.contains($0.module) && !Self.hosts.contains($0.file.target) },
            remedy: "talk to the other authority through its client in Contracts")
        for (target, modules) in Self.table.modules where !Self.hosts.contains(target) {
            #expect(
                modules.isDisjoint(with: Self.services),
                "Package.swift: \(target) lists a service; talk to it through its client in Contracts")
        }
    }

    @Test("the law imports nothing, and the proofs nothing but cryptography")
    func pure() {
        expectNone(
            offences {
                $0.file.target == "Regulation" || $0.file.target == "Transparency" && $0.module != "Crypto"
            },
            remedy: "time, data and randomness are arguments there; move what needs more into a service")
    }

    /// The site's HTTP server takes its idle time in NIO's unit.
    private static let httpServers = [
        "Sources/Gateway/Web/WebServer.swift", "Sources/Witness/WitnessServer.swift",
    ]

    @Test("NIO is imported only in Wire/Transport, Wire/Security and by the HTTP servers")
    func sockets() {
        expectNone(
            offences {
                $0.module.hasPrefix("NIO") && !$0.file.path.hasPrefix("Sources/Wire/Transport/")
                    && !$0.file.path.hasPrefix("Sources/Wire/Security/")
                    && !Self.httpServers.contains($0.file.path)
            },
            remedy: "keep sockets in Wire/Transport and pass bytes and values")
    }

    @Test("the TLS library is imported only in Wire/Security")
    func tls() {
        expectNone(
            offences {
                ["NIOSSL", "NIOTLS"].contains($0.module) && !$0.file.path.hasPrefix("Sources/Wire/Security/")
            },
            remedy: "pass a TransportSecurity, and take a PeerIdentity from the call")
    }

    @Test("CMessages is imported only in Wire and Contracts/Generated")
    func generatedC() {
        expectNone(
            offences {
                ["CMessages", "CProtobufC"].contains($0.module) && $0.file.target != "Wire"
                    && $0.file.target != "CMessages"
                    && !$0.file.path.hasPrefix("Sources/Contracts/Generated/")
            },
            remedy: "use the Swift values of Contracts")
    }

    @Test("GRDB is imported only where SQL lives, and by the listed carriers")
    func database() {
        expectNone(
            offences {
                $0.module == "GRDB" && !Self.holdsSQL($0.file.path)
                    && !Self.databaseCarriers.contains($0.file.path)
            },
            remedy: "move the access into the target's store")
        let importing = Set(Self.imports.filter { $0.module == "GRDB" }.map(\.file.path))
        for path in Self.databaseCarriers.subtracting(importing).sorted() {
            Issue.record("\(path) no longer imports GRDB; take it off the list of carriers")
        }
    }

    @Test("SQL is written only in the ledger, stores, projections and the bulk audit")
    func sql() {
        let words = #/\b(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE TABLE|DROP TABLE|WHERE|ORDER BY)\b/#
        let files = SourceTree.product.filter { $0.path.hasPrefix("Sources/") }
        expectNone(
            files.filter { !Self.holdsSQL($0.path) }.flatMap { file in
                file.offences(file.parts.literals, words) { "SQL in a literal: \($0)" }
            },
            remedy: "move the statement into the target's store")
        #expect(
            files.filter { Self.holdsSQL($0.path) }.contains { file in
                file.parts.literals.contains { $0.contains(words) }
            }, "no SQL is found where it lives: the search is broken")
    }
}
