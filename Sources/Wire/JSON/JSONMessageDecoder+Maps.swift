internal import CMessages

/// Maps, which JSON has as objects, as protoc-c's lists of entries.
extension JSONMessageDecoder {
    func fillMap(
        _ message: UnsafeMutableRawPointer, _ field: FieldDescriptor, _ descriptor: MessageDescriptor,
        _ entry: MapEntry, _ node: JSONNode, _ place: JSONPlace
    ) throws(JSONMappingError) {
        guard case .object(let members) = node.value else {
            throw unexpected(node, place, "an object (a map)")
        }
        guard !members.isEmpty else { return }
        // The entry is a message too.
        guard place.level < MessageLimits.levelMax else {
            throw error(
                node.offset, place, "messages nested deeper than \(MessageLimits.levelMax) levels")
        }
        typealias Slot = UnsafeMutableRawPointer
        let slots = arena.allocate(byteCount: members.count * MemoryLayout<Slot>.stride)
        var numbers: Set<String> = []
        for (index, member) in members.enumerated() {
            let memberPlace = place.entry(member.name)
            let one = arena.message(descriptor)
            let number = try storeKey(member, entry.key, at: one + entry.key.offset, memberPlace)
            // The reader has refused equal names; unequal ones may be the same number.
            if let number, !numbers.insert(number).inserted {
                throw error(member.nameOffset, memberPlace, "the key \(number) occurs twice in this map")
            }
            try store(member.node, entry.value.kind, at: one + entry.value.offset, memberPlace)
            slots.storeBytes(of: one, toByteOffset: index * MemoryLayout<Slot>.stride, as: Slot.self)
        }
        list(slots, count: members.count, into: message, field)
    }

    /// The plain form of a key that is a number; nil for other keys.
    private func storeKey(
        _ member: JSONMember, _ key: FieldDescriptor, at target: UnsafeMutableRawPointer,
        _ place: JSONPlace
    ) throws(JSONMappingError) -> String? {
        let node = JSONNode(.text(member.name), offset: member.nameOffset)
        switch key.kind {
        case .bool:
            guard member.name == "true" || member.name == "false" else {
                throw error(member.nameOffset, place, "expected true or false as the key, in quotes")
            }
            target.storeBytes(of: member.name == "true" ? 1 : 0, as: protobuf_c_boolean.self)
            return nil
        case .text:
            target.storeBytes(
                of: try cText(member.name, member.nameOffset, place), as: UnsafeMutablePointer<CChar>.self)
            return nil
        case .int32, .int64, .uint32, .uint64, .float, .double, .bytes, .enumeration, .message:
            try store(node, key.kind, at: target, place)
        }
        switch key.kind {
        case .int32: return String(target.load(as: Int32.self))
        case .uint32: return String(target.load(as: UInt32.self))
        case .int64: return String(target.load(as: Int64.self))
        default: return String(target.load(as: UInt64.self))
        }
    }
}
