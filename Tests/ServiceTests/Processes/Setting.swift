import Foundation

/// How long a test runs, from the environment.
enum Setting {
    static func count(_ name: String, usual: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
    }
}
