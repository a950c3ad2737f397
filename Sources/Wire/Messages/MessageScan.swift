internal import CMessages

/// Walks protobuf bytes before protobuf-c sees them, without recursion.
///
/// Refuses what protobuf-c would take and should not (bottomless nesting, U+0000 in text, which a C string
/// would cut short, parts of messages that it would merge wrongly), and says where bytes break.
enum MessageScan {
    /// A message that the walk is inside of.
    private struct Level {
        let descriptor: MessageDescriptor
        /// Offset behind its last byte.
        let end: Int
        /// Numbers of the singular message fields met so far.
        var messagesSeen: [UInt32] = []
    }

    /// Throws at the first flaw. UTF-8 is looked at later, when text is copied. The bound on levels is lower
    /// for what an Any within other messages holds.
    static func check(
        _ bytes: UnsafeBufferPointer<UInt8>, as descriptor: MessageDescriptor,
        levelMax: Int = MessageLimits.levelMax
    ) throws(MessageError) {
        guard levelMax > 0 else {
            throw MessageError(.tooDeep(levelMax: MessageLimits.levelMax), at: descriptor.fullName)
        }
        var cursor = Cursor(bytes: bytes, offset: 0)
        var level = Level(descriptor: descriptor, end: bytes.count)
        /// The messages around it, outermost first: none of a flat one, which so takes no memory.
        var outer: [Level] = []
        while true {
            guard cursor.offset < level.end else {
                guard let around = outer.popLast() else { return }
                level = around
                continue
            }
            guard let nested = try field(at: &cursor, in: &level) else { continue }
            guard outer.count + 1 < levelMax else {
                throw MessageError(.tooDeep(levelMax: MessageLimits.levelMax), at: nested.descriptor.fullName)
            }
            outer.append(level)
            level = nested
        }
    }

    /// Steps over one field, or into it when it is a message.
    private static func field(at cursor: inout Cursor, in level: inout Level) throws(MessageError) -> Level? {
        guard let tag = cursor.varint(end: level.end), tag >> 3 != 0, tag >> 32 == 0 else {
            throw MessageError(.malformed, at: level.descriptor.fullName)
        }
        let field = level.descriptor.field(number: UInt32(tag >> 3))
        let descriptor = level.descriptor
        func place() -> String { "\(descriptor.fullName).\(field?.name ?? "field \(tag >> 3)")" }
        let wireType = UInt32(tag & 7)
        if let field, wireType != field.wireType.rawValue {
            let isPacked =
                field.isRepeated && wireType == PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED.rawValue
            guard isPacked else { throw MessageError(.wireType(UInt8(wireType)), at: place()) }
        }
        switch wireType {
        case PROTOBUF_C_WIRE_TYPE_VARINT.rawValue:
            guard cursor.varint(end: level.end) != nil else { throw MessageError(.truncated, at: place()) }
        case PROTOBUF_C_WIRE_TYPE_64BIT.rawValue:
            guard cursor.skip(8, end: level.end) else { throw MessageError(.truncated, at: place()) }
        case PROTOBUF_C_WIRE_TYPE_32BIT.rawValue:
            guard cursor.skip(4, end: level.end) else { throw MessageError(.truncated, at: place()) }
        case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED.rawValue:
            guard let length = cursor.varint(end: level.end), length <= UInt64(level.end - cursor.offset)
            else { throw MessageError(.truncated, at: place()) }
            let end = cursor.offset + Int(length)
            switch field?.pointer.pointee.type {
            case PROTOBUF_C_TYPE_MESSAGE:
                guard let field, case .message(let nested) = field.kind else { break }
                guard field.isRepeated || !level.messagesSeen.contains(field.number) else {
                    throw MessageError(.givenTwice, at: place())
                }
                if !field.isRepeated { level.messagesSeen.append(field.number) }
                return Level(descriptor: nested, end: end)
            case PROTOBUF_C_TYPE_STRING:
                guard !UnsafeBufferPointer(rebasing: cursor.bytes[cursor.offset..<end]).containsZero else {
                    throw MessageError(.nul, at: place())
                }
            default: break
            }
            cursor.offset = end
        default:
            throw MessageError(.malformed, at: place())
        }
        return nil
    }

    private struct Cursor {
        let bytes: UnsafeBufferPointer<UInt8>
        var offset: Int

        /// A varint of at most ten bytes, or nil when it breaks off or is longer.
        mutating func varint(end: Int) -> UInt64? {
            // Most tags and lengths are one byte.
            if offset < end, bytes[offset] < 0x80 {
                defer { offset += 1 }
                return UInt64(bytes[offset])
            }
            return longVarint(end: end)
        }

        private mutating func longVarint(end: Int) -> UInt64? {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while offset < end, shift < 70 {
                let byte = bytes[offset]
                offset += 1
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            return nil
        }

        mutating func skip(_ count: Int, end: Int) -> Bool {
            guard end - offset >= count else { return false }
            offset += count
            return true
        }
    }
}
