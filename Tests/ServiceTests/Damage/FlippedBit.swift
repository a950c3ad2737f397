/// One bit of one file that is not as it was written, and what came of it.
struct FlippedBit: Sendable, CustomStringConvertible {
    /// What the bit is a part of.
    enum Place: String, Sendable, CaseIterable {
        case store, writeAheadLog, publicLog, publishedMark, logKey, title, statusList, proof
    }

    enum Outcome: Sendable, Hashable {
        /// By whom.
        case found(String)
        /// Everything that is read and given out is as before.
        case harmless
        /// Something else than was written is taken for good.
        case accepted(String)
    }

    let place: Place
    /// Empty for what is no file.
    let file: String
    let byte: Int
    let bit: Int
    let outcome: Outcome

    var description: String {
        "bit \(bit) of byte \(byte) of \(place.rawValue) \(file): \(outcome)"
    }

    /// One place in twenty for each share: more where more bytes lie.
    static let shares: [Place] = Place.allCases.flatMap { place in
        let share =
            switch place {
            case .store: 6
            case .writeAheadLog, .publicLog: 4
            case .title: 2
            case .publishedMark, .logKey, .statusList, .proof: 1
            }
        return Array(repeating: place, count: share)
    }

    static func flipped(_ bytes: [UInt8], byte: Int, bit: Int) -> [UInt8] {
        var bytes = bytes
        bytes[byte] ^= 1 << UInt8(bit)
        return bytes
    }
}
