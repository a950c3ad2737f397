/// Changes inputs: by chance, and in the ways that parsers of frames, protobuf and JSON get wrong.
struct Mutator {
    /// Inputs longer than this cost time and show nothing new.
    static let byteCountMax = 16 << 10

    var random: SeededBytes
    let dictionary: [[UInt8]]

    init(seed: UInt64, dictionary: [[UInt8]]) {
        random = SeededBytes(seed: seed)
        self.dictionary = dictionary + Self.varintEdges + Self.lengths
    }

    mutating func below(_ count: Int) -> Int { count <= 0 ? 0 : Int(random.next() % UInt64(count)) }

    /// A copy with one to eight changes; `other` gives parts to splice in.
    mutating func mutated(_ input: [UInt8], other: [UInt8]) -> [UInt8] {
        var bytes = input
        for _ in 0..<(1 << below(4)) { mutate(&bytes, other) }
        return Array(bytes.prefix(Self.byteCountMax))
    }

    private mutating func mutate(_ bytes: inout [UInt8], _ other: [UInt8]) {
        let place = below(bytes.count + 1)
        switch below(11) {
        case 0: flip(&bytes)
        case 1: if place < bytes.count { bytes[place] = UInt8(below(256)) }
        case 2: bytes.insert(contentsOf: dictionary[below(dictionary.count)], at: place)
        case 3: overwrite(&bytes, at: place, with: dictionary[below(dictionary.count)])
        case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
        case 5: bytes.removeSubrange(place...)
        case 6: bytes.insert(contentsOf: part(of: bytes), at: place)
        case 7: bytes.insert(contentsOf: part(of: other), at: place)
        case 8: bytes.replaceSubrange(place..., with: other.suffix(below(other.count + 1)))
        case 9: nest(&bytes, at: place)
        default: lie(&bytes, at: place)
        }
    }

    private mutating func flip(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        bytes[below(bytes.count)] ^= 1 << UInt8(below(8))
    }

    private mutating func part(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        let start = below(bytes.count + 1)
        return bytes[start..<min(bytes.count, start + below(64))]
    }

    private func overwrite(_ bytes: inout [UInt8], at place: Int, with word: [UInt8]) {
        bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
    }

    /// Wraps what follows into a field of its own, or into brackets, many times over: depth bombs.
    private mutating func nest(_ bytes: inout [UInt8], at place: Int) {
        let count = below(4) == 0 ? 200 : 1 + below(3)
        let number = UInt64(1 + below(20))
        if below(2) == 0 {
            let open: UInt8 = below(2) == 0 ? UInt8(ascii: "[") : UInt8(ascii: "{")
            bytes.insert(contentsOf: [UInt8](repeating: open, count: count), at: place)
            return
        }
        var tail = Array(bytes[place...])
        for _ in 0..<count where tail.count < Self.byteCountMax {
            tail = WireBytes.field(number, bytes: tail)
        }
        bytes.replaceSubrange(place..., with: tail)
    }

    /// Makes a byte, or four in network order as in a frame's header, a length a little or much too long.
    private mutating func lie(_ bytes: inout [UInt8], at place: Int) {
        guard place < bytes.count else { return }
        guard below(2) == 0, place + 4 <= bytes.count else {
            bytes[place] = bytes[place] &+ UInt8(truncatingIfNeeded: below(5) - 2)
            return
        }
        let length = below(2) == 0 ? bytes.count - place - 10 + below(3) - 1 : below(1 << 26)
        overwrite(
            &bytes, at: place,
            with: (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) })
    }

    /// Varints around the ends of each width, and longer than any.
    private static let varintEdges: [[UInt8]] =
        [0, 1, 127, 128, 1 << 31 - 1, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 63 - 1, 1 << 63, .max].map {
            WireBytes.varint($0)
        } + [
            [UInt8](repeating: 0x80, count: 10) + [0], [UInt8](repeating: 0xFF, count: 10) + [1], [0x80, 0],
        ]

    /// Lengths of frames at and beyond their limits.
    private static let lengths: [[UInt8]] = [
        [0, 0x40, 0, 0], [0, 0x40, 0, 1], [1, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0],
    ]
}
