import Testing
import Wire

@Suite("A table of streams")
struct StreamTableTests {
    /// A table beside the dictionary that it must agree with.
    private func compare(factor: UInt32, keys: [UInt32], seed: UInt64) {
        var random = SplitMix(seed: seed)
        var table = StreamTable<Int>(factor: factor)
        var model: [StreamID: Int] = [:]
        for step in 0..<5_000 {
            let key = StreamID(keys[Int(random.next() % UInt64(keys.count))])
            switch random.next() % 3 {
            case 0:
                table[key] = step
                model[key] = step
            case 1:
                table[key] = nil
                model[key] = nil
            default:
                #expect(table.removeValue(forKey: key) == model.removeValue(forKey: key))
            }
            guard table.count == model.count, table[key] == model[key] else {
                return #expect(Bool(false), "step \(step), key \(key)")
            }
        }
        for key in keys { #expect(table[StreamID(key)] == model[StreamID(key)]) }
        #expect(Dictionary(uniqueKeysWithValues: table.map { ($0.key, $0.value) }) == model)
    }

    @Test("says what a dictionary says", arguments: [1, 7, 0x9e37_79b9, .max] as [UInt32])
    func model(factor: UInt32) {
        compare(factor: factor, keys: (0..<40).map { $0 * 2 + 1 }, seed: 1)
        compare(factor: factor, keys: (0..<300).map { $0 * 2 + 1 }, seed: 2)
    }

    @Test("says so when every number has the same place, and when places go round the end")
    func collisions() {
        // With the factor 1 a place is the number's highest bits.
        compare(factor: 1, keys: (0..<60).map { $0 * 2 + 1 }, seed: 3)
        compare(factor: 1, keys: (0..<60).map { .max - $0 * 2 }, seed: 4)
    }

    @Test("holds as many as are put in, and is empty when all are out")
    func growth() {
        var table = StreamTable<UInt32>()
        #expect(table.isEmpty)
        for number in 0..<10_000 as Range<UInt32> { table[StreamID(number * 2 + 1)] = number }
        #expect(table.count == 10_000)
        for number in 0..<10_000 as Range<UInt32> {
            #expect(table.removeValue(forKey: StreamID(number * 2 + 1)) == number)
        }
        #expect(table.isEmpty)
        #expect(table[StreamID(1)] == nil)
        #expect(Array(table).isEmpty)
    }
}
