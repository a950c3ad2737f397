import Testing

@Suite("Purity: time, chance and states")
struct PurityTests {
    @Test("no library reads a clock or draws a random number")
    func clocks() {
        let sources =
            #/\bDate\(\)|\bDate\.now|\b(?:Continuous|Suspending)Clock\b|\bDispatchTime\.now|\bNIODeadline\.now|\bclock_gettime|\bgettimeofday|\bUUID\(\)|SystemRandomNumberGenerator|\.random\(|\.randomElement\(|\.shuffled\(\)|\barc4random/#
        let files = SourceTree.product.filter {
            $0.path.hasPrefix("Sources/") && $0.target != "forerunner"
                && !$0.path.hasPrefix("Sources/Wire/Transport/")
        }
        #expect(files.count > 200)
        expectNone(
            files.flatMap { file in file.offences(file.parts.code, sources) { "calls \($0)" } },
            remedy: "take the moment, the seed or the identity as an argument")
    }

    @Test("a switch over our own states names every state")
    func states() {
        let files = SourceTree.product.filter { $0.name.hasSuffix("Lifecycle.swift") }
        #expect(files.count >= 4)
        expectNone(
            files.flatMap { file in file.offences(file.parts.code, #/\bdefault\s*:/#) { "has \($0)" } },
            remedy: "name the remaining states, so that a new one does not compile until it is thought about")
    }

    @Test("nothing is left for later and nothing crashes on purpose")
    func leftovers() {
        let crashes = #/\bfatalError\s*\(|\btry!|\bas!/#
        let notes = #/\b(?:TODO|FIXME|XXX|HACK)\b/#
        expectNone(
            SourceTree.product.flatMap { file in
                file.offences(file.parts.code, crashes) { "uses \($0)" }
                    + file.offences(file.parts.comments, notes) { "says \($0)" }
            },
            remedy: "finish it, throw a typed error, or say in a sentence what is not done")
    }
}
