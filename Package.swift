// swift-tools-version: 6.2
import PackageDescription

// Dependencies point downwards only: each target lists exactly what it may see.
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
    name: "forerunner",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "forerunner", targets: ["forerunner"]),
        .library(name: "Wire", targets: ["Wire"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // System libraries and generated C: nothing of ours is written by hand in them.
        .systemLibrary(
            name: "CProtobufC", pkgConfig: "libprotobuf-c", providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(
            name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CMessages", dependencies: ["CProtobufC"]),
        // Messages that only tests have.
        .target(name: "CTestMessages", dependencies: ["CProtobufC", "CMessages"]),

        // Pure cores.
        .target(name: "Regulation"),
        .target(name: "Transparency", dependencies: [crypto]),

        // The language between processes, and the record.
        .target(
            name: "Wire",
            dependencies: [
                "CProtobufC", "CMessages", nioCore, nioPosix, nioSSL, nioTLS, crypto, logging, metrics,
            ]),
        .target(name: "Contracts", dependencies: ["CProtobufC", "CMessages", "Wire", "Regulation"]),
        // Texts made safe for CSV, HTML and SVG.
        .target(name: "Exporting", dependencies: ["Regulation"]),
        // Drawings of rankings and statistics: values in, SVG and HTML out.
        .target(name: "Charts", dependencies: ["Contracts", "Exporting", "Regulation"]),
        .target(name: "Ledger", dependencies: [grdb, sqlite, crypto, logging]),
        .target(name: "PublicLog", dependencies: ["Ledger", "Transparency", grdb, logging]),

        .target(name: "Credentials", dependencies: ["Transparency", "CZlib", crypto]),
        .target(
            name: "Witness",
            dependencies: [
                "Transparency", grdb, crypto, logging, nioCore,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]),

        // What every authority is made of, the three authorities, and the public counter.
        .target(
            name: "Authority",
            dependencies: [
                "Contracts", "Ledger", "PublicLog", "Regulation", "Transparency", "Wire", grdb, crypto,
                logging,
            ]),
        .target(
            name: "SchemeService",
            dependencies: [
                "Authority", "Contracts", "Ledger", "Regulation", "Transparency", "Wire", grdb, crypto,
                logging,
            ]),
        .target(
            name: "RankingService",
            dependencies: [
                "Authority", "Contracts", "Exporting", "Ledger", "Regulation", "Transparency", "Wire",
                "CZlib", grdb, sqlite, crypto, logging,
            ]),
        .target(
            name: "ComplianceService",
            dependencies: [
                "Authority", "Contracts", "Credentials", "Ledger", "Regulation", "Transparency", "Wire", grdb,
                crypto,
                logging,
            ]),
        .target(
            name: "Gateway",
            dependencies: [
                "Charts", "Contracts", "Exporting", "Regulation", "Transparency", "Wire", "CQREncode",
                logging, nioCore,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.copy("Pages")]),

        // The demonstration year and the one binary.
        .target(
            name: "RegulatedYear",
            dependencies: ["Contracts", "Regulation", "Transparency", "Wire", crypto],
            resources: [.copy("Resources")]),
        .executableTarget(
            name: "forerunner",
            dependencies: [
                "SchemeService", "RankingService", "ComplianceService", "Gateway", "RegulatedYear",
                "Authority", "Charts", "Contracts", "Credentials", "Exporting", "Ledger", "PublicLog",
                "Regulation",
                "Transparency", "Wire", "Witness",
                crypto, logging, nioCore, nioPosix, x509, asn1,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Measures the record, for `deploy/benchmarks`; here, because its modules are no products.
        .executableTarget(
            name: "record-bench",
            dependencies: ["Credentials", "Ledger", "PublicLog", "Transparency", grdb, crypto, logging],
            path: "deploy/benchmarks/Sources/record-bench"),

        // Measures the ranking, likewise.
        .executableTarget(
            name: "ranking-bench",
            dependencies: ["Contracts", "Ledger", "RankingService", "Regulation", "Wire", grdb, crypto],
            path: "deploy/benchmarks/Sources/ranking-bench"),

        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "SchemeService", "RankingService", "ComplianceService", "Gateway", "RegulatedYear",
                "Authority", "Charts", "Contracts", "Credentials", "Exporting", "Ledger", "PublicLog",
                "Regulation",
                "Transparency", "Wire", "Witness",
                "CMessages", "CTestMessages", crypto, grdb, nioCore, nioPosix, nioSSL, x509, asn1, logging,
                metrics,
                "forerunner",
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            exclude: [
                "Fuzz/Corpus", "Interop/Go", "Interop/GoMonitor", "Interop/Python/json_peer.py",
                "Interop/Python/log_monitor.py", "Interop/Python/ranking_checker.py",
                "Interop/Python/title_checker.py", "Interop/Node",
                "Processes/Faults/failing_calls.c",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

// One set of rules for all of our Swift.
let generatedC = ["CMessages", "CTestMessages"]
for target in package.targets where target.type != .system && !generatedC.contains(target.name) {
    target.swiftSettings = [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
