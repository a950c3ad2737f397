import Foundation

/// Measures the ranking at national scale; `deploy/benchmarks/run ranking` drives it.
@main
enum RankingBench {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else { usage() }
        switch arguments[1] {
        case "levels": try EvaluationLoad(folder: arguments[2]).levels(repeats: number(3, 5))
        case "full": try EvaluationLoad(folder: arguments[2]).full(repeats: number(3, 5))
        case "category":
            try await CategoryLoad(folder: arguments[2]).run(store: arguments[3], repeats: number(4, 5))
        case "import": try await ImportLoad(store: arguments[2]).run(kind: arguments[3], file: arguments[4])
        default: usage()
        }
    }

    private static func number(_ place: Int, _ otherwise: Int) -> Int {
        CommandLine.arguments.count > place ? Int(CommandLine.arguments[place]) ?? otherwise : otherwise
    }

    private static func usage() -> Never {
        let usage = """
            usage: ranking-bench levels|full FOLDER [REPEATS] | category FOLDER STORE [REPEATS] \
            | import STORE csv|ndjson FILE

            """
        FileHandle.standardError.write(Data(usage.utf8))
        exit(2)
    }
}

/// What a run used at most, in MiB.
enum Memory {
    static var peak: Int {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss / 1024
    }
}
