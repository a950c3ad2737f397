import Credentials

/// A list of titles of which one in a hundred was cancelled, from their places to the signed token.
enum StatusListLoad {
    static let issuer = "https://titles.example"
    static let uri = issuer + "/statuslists/0"

    static func run(titleCount: Int) throws {
        let signer = try signer(4)
        let ended = places(titleCount / 100)
        let begin = ContinuousClock.now
        let token = try token(ended, at: 1_764_000_000, by: signer)
        let seconds = Measurement.seconds(since: begin)
        guard try StatusListToken(token.text, keys: TokenKeys([signer.key])).list == token.list else {
            throw WrongSize()
        }
        Measurement.tell(count: titleCount, seconds: seconds, [("bytes", Double(token.text.utf8.count))])
    }

    static func signer(_ byte: UInt8) throws -> TokenSigner {
        guard let signer = TokenSigner(seed: Array(repeating: byte, count: 32)) else { throw WrongSize() }
        return signer
    }

    static func token(_ ended: [Int], at now: Int64, by signer: TokenSigner) throws -> StatusListToken {
        var list = StatusList()
        for place in ended { list.end(place) }
        return try StatusListToken.issue(
            list, uri: uri, at: now, validFor: 86_400, timeToLive: 300, by: signer)
    }

    /// Different places, spread over the list as by chance.
    static func places(_ count: Int) -> [Int] {
        var random = SystemRandomNumberGenerator()
        var places: Set<Int> = []
        while places.count < count {
            places.insert(Int.random(in: 0..<StatusList.entryCountMax, using: &random))
        }
        return Array(places)
    }
}
