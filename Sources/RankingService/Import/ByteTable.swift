/// What is known of texts, by their bytes.
///
/// What is the same to Unicode, and not byte for byte, is two texts here; nothing is normalised, and nothing
/// allocated, to look one up.
struct ByteTable<Value> {
    /// Twelve bytes: there may be some hundred thousand.
    private struct Entry {
        let start: UInt32
        let count: UInt32
        let hash: UInt32

        var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    }

    private var entries: [Entry] = []
    private var values: [Value] = []
    /// Of all texts, one behind the other.
    /// Callers bound their tables far below 2^32 bytes.
    private var bytes: [UInt8] = []
    /// Place in `entries` plus one; 0 is free. A power of two of them, half of them free at least.
    private var slots: [UInt32] = [UInt32](repeating: 0, count: 16)

    var count: Int { entries.count }

    /// Of the value that was put in at this place.
    subscript(place: Int) -> Value {
        get { values[place] }
        _modify { yield &values[place] }
    }

    static func hash(_ text: UnsafeRawBufferPointer) -> Int {
        // Seeded for each process: nobody who makes a file can have its texts collide.
        var hasher = Hasher()
        hasher.combine(bytes: text)
        return hasher.finalize()
    }

    func place(of text: UnsafeRawBufferPointer) -> Int? { place(of: text, hash: Self.hash(text)) }

    /// The place at which a text's value stands.
    func place(of text: UnsafeRawBufferPointer, hash: Int) -> Int? {
        let mark = UInt32(truncatingIfNeeded: hash)
        let mask = slots.count - 1
        var slot = Int(mark) & mask
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if entries[place].hash == mark, isText(at: place, text) { return place }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Puts in a text that is not there yet; answers its place.
    @discardableResult
    mutating func insert(_ text: UnsafeRawBufferPointer, _ value: Value) -> Int {
        insert(text, hash: Self.hash(text), value)
    }

    @discardableResult
    mutating func insert(_ text: UnsafeRawBufferPointer, hash: Int, _ value: Value) -> Int {
        if entries.count * 2 >= slots.count { grow() }
        let mark = UInt32(truncatingIfNeeded: hash)
        entries.append(Entry(start: UInt32(bytes.count), count: UInt32(text.count), hash: mark))
        values.append(value)
        bytes.append(contentsOf: text)
        fill(mark, UInt32(entries.count))
        return entries.count - 1
    }

    /// Forgets every text, and keeps the room.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
    }

    /// Whether it is this text that stands at a place.
    func isText(at place: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        bytes.withUnsafeBytes { bytes in
            ByteSearch.areEqual(UnsafeRawBufferPointer(rebasing: bytes[entries[place].range]), text)
        }
    }

    private mutating func fill(_ hash: UInt32, _ number: UInt32) {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = number
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (place, entry) in entries.enumerated() { fill(entry.hash, UInt32(place + 1)) }
    }
}

extension ByteTable: Sendable where Value: Sendable {}

extension ByteTable {
    func place(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { place(of: UnsafeRawBufferPointer($0)) }
    }

    @discardableResult
    mutating func insert(_ text: String, _ value: Value) -> Int {
        var text = text
        return text.withUTF8 { insert(UnsafeRawBufferPointer($0), value) }
    }
}
