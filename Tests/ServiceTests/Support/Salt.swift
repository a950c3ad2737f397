/// Random bytes as the program draws them.
enum Salt {
    @Sendable static func drawn() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in .random(in: .min ... .max, using: &generator) }
    }
}
