// swift-tools-version: 6.2
import PackageDescription

// Dependencies point downwards only: each target lists exactly what it may see.
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "forerunner",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "forerunner", targets: ["forerunner"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
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
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CMessages", dependencies: ["CProtobufC"]),
        // Messages that only tests have.
        .target(name: "CTestMessages", dependencies: ["CProtobufC", "CMessages"]),

        // Pure cores.
        .target(name: "Regulation"),
        .target(name: "Transparency", dependencies: [crypto]),

        // The language between processes, and the record.
        .target(
            name: "Wire", dependencies: ["CProtobufC", "CMessages", nioCore, nioPosix, logging]),
        .target(name: "Contracts", dependencies: ["CProtobufC", "CMessages", "Wire", "Regulation"]),
        .target(name: "Ledger", dependencies: [grdb, crypto, logging]),

        // What every authority is made of, the three authorities, and the public counter.
        .target(
            name: "Authority",
            dependencies: ["Contracts", "Ledger", "Regulation", "Wire", grdb, crypto, logging]),
        .target(
            name: "SchemeService",
            dependencies: ["Authority", "Contracts", "Ledger", "Regulation", "Wire", grdb, crypto, logging]),
        .target(
            name: "RankingService",
            dependencies: [
                "Authority", "Contracts", "Ledger", "Regulation", "Wire", "CZlib", grdb, crypto, logging,
            ]),
        .target(
            name: "ComplianceService",
            dependencies: ["Authority", "Contracts", "Ledger", "Regulation", "Wire", grdb, crypto, logging]),
        .target(
            name: "Gateway",
            dependencies: [
                "Contracts", "Regulation", "Wire", logging, nioCore,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.copy("Pages")]),

        // The demonstration year and the one binary.
        .target(
            name: "RegulatedYear",
            dependencies: ["Contracts", "Regulation", "Wire", crypto],
            resources: [.copy("Resources")]),
        .executableTarget(
            name: "forerunner",
            dependencies: [
                "SchemeService", "RankingService", "ComplianceService", "Gateway", "RegulatedYear",
                "Authority", "Contracts", "Ledger", "Regulation", "Transparency", "Wire", crypto, logging,
                nioCore, nioPosix,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "SchemeService", "RankingService", "ComplianceService", "Gateway", "RegulatedYear",
                "Authority", "Contracts", "Ledger", "Regulation", "Transparency", "Wire", "CMessages",
                "CTestMessages", crypto, grdb, nioCore, nioPosix, logging, "forerunner",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            exclude: ["Fuzz/Corpus", "Interop/Python/json_peer.py"]),
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
