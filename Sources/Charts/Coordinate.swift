/// A drawing's numbers: one decimal is finer than any screen needs, and the same on every machine.
enum Coordinate {
    static func text(_ value: Double) -> String {
        let tenths = Int((min(max(value, -100_000), 100_000) * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }
}
