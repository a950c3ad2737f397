/// What generated code needs to fill C structs: each gives memory of the arena.
extension MessageArena {
    /// A C string. U+0000, which a C string cannot hold, is written as U+FFFD.
    public func text(_ text: String) -> UnsafeMutablePointer<CChar> {
        // A Swift string's UTF-8 lies in one piece; only one that Foundation bridged may not.
        if let place = text.utf8.withContiguousStorageIfAvailable({ cString($0) }) { return place }
        return Array(text.utf8).withUnsafeBufferPointer { cString($0) }
    }

    private func cString(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeMutablePointer<CChar> {
        guard bytes.containsZero else { return copy(bytes) }
        let replaced = bytes.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }
        return replaced.withUnsafeBufferPointer { copy($0) }
    }

    private func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeMutablePointer<CChar> {
        let place = allocate(byteCount: bytes.count + 1)
        if let base = bytes.baseAddress { place.copyMemory(from: base, byteCount: bytes.count) }
        place.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
        return place.bindMemory(to: CChar.self, capacity: bytes.count + 1)
    }

    public func texts(_ texts: [String]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        list(texts.count) { self.text(texts[$0]) }
    }

    public func bytes(_ bytes: [UInt8]) -> UnsafeMutablePointer<UInt8>? {
        values(bytes)
    }

    /// An array of numbers.
    @inlinable
    public func values<Number: BitwiseCopyable>(_ numbers: [Number]) -> UnsafeMutablePointer<Number>? {
        guard !numbers.isEmpty else { return nil }
        let place = allocate(byteCount: numbers.count * MemoryLayout<Number>.stride)
            .bindMemory(to: Number.self, capacity: numbers.count)
        numbers.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { place.initialize(from: base, count: source.count) }
        }
        return place
    }

    /// A nested message; CStruct is its C struct.
    @inlinable
    public func message<Message: WireMessage, CStruct>(
        _ message: Message
    ) -> UnsafeMutablePointer<CStruct> {
        let place = allocate(byteCount: MemoryLayout<CStruct>.size)
        message.fill(place, in: self)
        return place.assumingMemoryBound(to: CStruct.self)
    }

    @inlinable
    public func messages<Message: WireMessage, CStruct>(
        _ messages: [Message]
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CStruct>?>? {
        list(messages.count) { self.message(messages[$0]) }
    }

    @inlinable
    func list<Element>(
        _ count: Int, _ element: (Int) -> UnsafeMutablePointer<Element>
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<Element>?>? {
        guard count > 0 else { return nil }
        typealias Slot = UnsafeMutablePointer<Element>?
        let slots = allocate(byteCount: count * MemoryLayout<Slot>.stride)
            .bindMemory(to: Slot.self, capacity: count)
        for index in 0..<count { (slots + index).initialize(to: element(index)) }
        return slots
    }
}
