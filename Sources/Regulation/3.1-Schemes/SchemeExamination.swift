/// All rules on the contents of a scheme, in the regulation's order.
package enum SchemeExamination {
    package static let rules: [any Rule<EvaluationScheme>] = [
        SchemeContentsRule(), CoreIndicatorRule(), MethodRule(), LimitsRule(), ForerunnerNumberRule(),
        CycleRule(), SchemeOutlineRule(),
    ]

    package static func findings(in scheme: EvaluationScheme) -> [Finding] {
        rules.flatMap { $0.findings(in: scheme) }
    }
}
