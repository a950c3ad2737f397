// swift-tools-version: 6.2
import PackageDescription

// Our echo server and load client, as a user of the runtime would write them. A package of its own, so that
// nothing of it reaches the programme's users; `run` builds it beside its peers.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "forerunner", path: "../..")],
    targets: [
        .target(name: "CEchoMessages", linkerSettings: [.linkedLibrary("protobuf-c")]),
        .target(
            name: "EchoMessages",
            dependencies: ["CEchoMessages", .product(name: "Wire", package: "forerunner")]),
        .executableTarget(
            name: "echo-server",
            dependencies: ["EchoMessages", .product(name: "Wire", package: "forerunner")]),
        .executableTarget(
            name: "echo-client",
            dependencies: ["EchoMessages", .product(name: "Wire", package: "forerunner")]),
    ],
    swiftLanguageModes: [.v6]
)

// The same rules as for the rest of our Swift, and one more.
for target in package.targets where target.name != "CEchoMessages" {
    target.swiftSettings = [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        // A plain async function runs where its caller runs: no hop between the connection and the handler.
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
    // protobuf-c's own structs are in both C modules, Wire's and this package's; the compiler takes them for
    // Wire's, which generated code of another package cannot import.
    if target.name == "EchoMessages" { continue }
    target.swiftSettings?.append(.enableUpcomingFeature("MemberImportVisibility"))
}
