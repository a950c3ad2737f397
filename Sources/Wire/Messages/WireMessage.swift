internal import CMessages

/// A generated Swift value that travels as a protobuf message; protobuf-c encodes and decodes it.
public protocol WireMessage: Sendable, Hashable {
    /// Name with package, as in "forerunner.scheme.v1.KeyField".
    static var fullName: String { get }
    static var descriptor: MessageDescriptor { get }

    /// Every field at its default.
    init()

    /// Copies out of a C struct of this message, which stays the caller's.
    ///
    /// Fields that protobuf-c does not know have been skipped; text that is not UTF-8 is refused.
    init(cMessage: UnsafeRawPointer) throws(MessageError)

    /// Initialises a C struct of this message, at least `descriptor.structByteCount` long, with this value.
    /// What it points to belongs to the arena.
    func fill(_ cMessage: UnsafeMutableRawPointer, in arena: MessageArena)
}

// The generic shells are inlinable, so that a package's messages get code of their own instead of witness
// tables and metadata looked up for each; what they call is not generic.
extension WireMessage {
    /// Decodes protobuf bytes. Unknown fields are skipped.
    @inlinable
    public init(
        serialized: [UInt8], byteCountMax: Int = MessageLimits.byteCountMax
    ) throws(MessageError) {
        if serialized.isEmpty {
            self.init()
            return
        }
        let memory = MessageLimits.memoryByteCountMax(serialized: serialized.count)
        self = try MessageArena.lending(byteCountMax: memory) {
            (arena: MessageArena) throws(MessageError) -> Self in
            try Self(
                cMessage: arena.unpacked(serialized, as: Self.descriptor, byteCountMax: byteCountMax))
        }
    }

    /// Protobuf bytes, fields in the order of their numbers: the same value gives the same bytes.
    @inlinable
    public func serialized() -> [UInt8] {
        MessageArena.lending { (arena: MessageArena) -> [UInt8] in
            let cMessage = arena.allocate(byteCount: Self.descriptor.structByteCount)
            fill(cMessage, in: arena)
            return arena.pack(cMessage)
        }
    }

    /// Lends the same bytes, beyond which they must not be kept.
    @inlinable
    func withSerialized<Result, Flaw: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Flaw) -> Result
    ) throws(Flaw) -> Result {
        try MessageArena.lending { (arena: MessageArena) throws(Flaw) -> Result in
            let cMessage = arena.allocate(byteCount: Self.descriptor.structByteCount)
            fill(cMessage, in: arena)
            return try body(arena.packed(cMessage))
        }
    }
}

extension MessageArena {
    /// Scans, unpacks into this arena and hands the C struct to the body, beyond which it must not be kept.
    func unpack<Result>(
        _ serialized: [UInt8], as descriptor: MessageDescriptor, byteCountMax: Int,
        levelMax: Int = MessageLimits.levelMax,
        _ body: (UnsafeMutableRawPointer) throws(MessageError) -> Result
    ) throws(MessageError) -> Result {
        let cMessage = try unpacked(
            serialized, as: descriptor, byteCountMax: byteCountMax, levelMax: levelMax)
        return try body(UnsafeMutableRawPointer(mutating: cMessage))
    }

    /// Scans and unpacks into this arena, with which the C struct goes.
    @usableFromInline
    func unpacked(
        _ serialized: [UInt8], as descriptor: MessageDescriptor, byteCountMax: Int,
        levelMax: Int = MessageLimits.levelMax
    ) throws(MessageError) -> UnsafeRawPointer {
        guard serialized.count <= byteCountMax else {
            throw MessageError(
                .tooLarge(byteCount: serialized.count, byteCountMax: byteCountMax), at: descriptor.fullName)
        }
        return try serialized.withUnsafeBufferPointer {
            (bytes: UnsafeBufferPointer<UInt8>) throws(MessageError) -> UnsafeRawPointer in
            try MessageScan.check(bytes, as: descriptor, levelMax: levelMax)
            let message = withAllocator { allocator in
                protobuf_c_message_unpack(descriptor.pointer, allocator, bytes.count, bytes.baseAddress)
            }
            guard let message else {
                let memory = MessageLimits.memoryByteCountMax(serialized: bytes.count)
                throw MessageError(
                    isExhausted ? .memory(byteCountMax: memory) : .malformed, at: descriptor.fullName)
            }
            return UnsafeRawPointer(message)
        }
    }

    /// A new C struct of this message, every field at its default.
    func message(_ descriptor: MessageDescriptor) -> UnsafeMutableRawPointer {
        let message = allocate(byteCount: descriptor.structByteCount)
        descriptor.pointer.pointee.message_init(message.assumingMemoryBound(to: ProtobufCMessage.self))
        return message
    }

    /// Bytes of a filled C struct.
    @usableFromInline
    func pack(_ cMessage: UnsafeMutableRawPointer) -> [UInt8] {
        let message = UnsafePointer(cMessage.assumingMemoryBound(to: ProtobufCMessage.self))
        let size = Int(protobuf_c_message_get_packed_size(message))
        if size <= MessageArena.lentByteCount {
            // Copying so few bytes costs less than an array of uninitialised elements, for which Swift looks
            // up the array's type at run time.
            return Array(packed(message, size))
        }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = Int(protobuf_c_message_pack(message, buffer.baseAddress))
        }
    }

    /// The same in this arena, with which they go.
    @usableFromInline
    func packed(_ cMessage: UnsafeMutableRawPointer) -> UnsafeRawBufferPointer {
        let message = UnsafePointer(cMessage.assumingMemoryBound(to: ProtobufCMessage.self))
        return packed(message, Int(protobuf_c_message_get_packed_size(message)))
    }

    private func packed(_ message: UnsafePointer<ProtobufCMessage>, _ size: Int) -> UnsafeRawBufferPointer {
        let place = allocate(byteCount: size).assumingMemoryBound(to: UInt8.self)
        let count = Int(protobuf_c_message_pack(message, place))
        return UnsafeRawBufferPointer(start: place, count: count)
    }
}
