internal import CMessages

/// Maps, which protoc-c has as lists of entries, as objects.
extension JSONMessageEncoder {
    /// Writes the entries; of entries with the same key the last one counts, as when a map is read.
    mutating func writeMap(
        _ entries: UnsafePointer<UnsafeRawPointer?>?, count: Int, _ entry: MapEntry,
        _ descriptor: MessageDescriptor
    ) {
        writer.beginObject()
        level += 1
        for (key, message) in lastOfEachKey(entries, count: count, entry.key, descriptor) {
            writer.name(key)
            path.push(.key(key))
            write(message + entry.value.offset, entry.value, in: descriptor)
            path.pop()
        }
        level -= 1
        writer.endObject()
    }

    private mutating func lastOfEachKey(
        _ entries: UnsafePointer<UnsafeRawPointer?>?, count: Int, _ key: FieldDescriptor,
        _ descriptor: MessageDescriptor
    ) -> [(key: String, message: UnsafeRawPointer)] {
        guard let entries, count > 0 else { return [] }
        var kept: [(key: String, message: UnsafeRawPointer)] = []
        // By bytes: texts that only look alike are different keys.
        var places: [[UInt8]: Int] = [:]
        for index in 0..<count {
            guard let message = entries[index] else { continue }
            let text = keyText(message + key.offset, key, descriptor)
            if let place = places[Array(text.utf8)] {
                kept[place].message = message
            } else {
                places[Array(text.utf8)] = kept.count
                kept.append((text, message))
            }
        }
        return kept
    }

    private mutating func keyText(
        _ value: UnsafeRawPointer, _ key: FieldDescriptor, _ descriptor: MessageDescriptor
    ) -> String {
        switch key.kind {
        case .int32: String(value.load(as: Int32.self))
        case .uint32: String(value.load(as: UInt32.self))
        case .int64: String(value.load(as: Int64.self))
        case .uint64: String(value.load(as: UInt64.self))
        case .bool: value.load(as: protobuf_c_boolean.self) != 0 ? "true" : "false"
        case .text, .float, .double, .bytes, .enumeration, .message:
            text(value.load(as: UnsafePointer<CChar>?.self)) { "\(descriptor.fullName).\(key.name)" }
        }
    }
}
