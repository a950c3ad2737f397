internal import CMessages

/// Memory for the C structs of one message, given back as a whole when the arena goes.
///
/// Nothing that protobuf-c allocates outlives its arena: packing fills structs in it, unpacking gets them
/// from it, and both copy into Swift values or bytes before it goes. Not for sharing between tasks.
public final class MessageArena {
    private static let chunkByteCountMin = 4 << 10
    private static let chunkByteCountMax = 1 << 20
    @usableFromInline static let alignment = 16

    /// Most messages need no more, and so much is taken from the stack; of a larger size Swift would make a
    /// heap allocation.
    @usableFromInline static let lentByteCount = 1 << 10

    private let byteCountMax: Int
    private var chunks: [UnsafeMutableRawPointer] = []
    private var next: UnsafeMutableRawPointer?
    private var left = 0
    /// Bytes taken from the system so far.
    private(set) var byteCount = 0
    /// True once memory beyond the bound was asked for.
    private(set) var isExhausted = false

    /// An arena that refuses to grow beyond the bound; only unpacking meets it.
    init(byteCountMax: Int = .max) {
        self.byteCountMax = byteCountMax
    }

    /// An arena that begins with memory of the caller, which must outlive it.
    @usableFromInline
    init(byteCountMax: Int, lent: UnsafeMutableRawBufferPointer) {
        self.byteCountMax = byteCountMax
        next = lent.baseAddress
        left = lent.count
    }

    /// Hands out an arena for one message, beyond which nothing of it may be kept.
    @inlinable
    static func lending<Result, Flaw: Error>(
        byteCountMax: Int = .max, _ body: (MessageArena) throws(Flaw) -> Result
    ) throws(Flaw) -> Result {
        try withUnsafeTemporaryAllocation(byteCount: lentByteCount, alignment: alignment) {
            (lent: UnsafeMutableRawBufferPointer) throws(Flaw) -> Result in
            let arena = MessageArena(byteCountMax: byteCountMax, lent: lent)
            return try withExtendedLifetime(arena) { () throws(Flaw) -> Result in try body(arena) }
        }
    }

    deinit {
        for chunk in chunks { chunk.deallocate() }
    }

    /// Memory aligned for any C type, or nil beyond the bound.
    func allocate(atMost byteCount: Int) -> UnsafeMutableRawPointer? {
        let (padded, overflow) = byteCount.addingReportingOverflow(Self.alignment - 1)
        guard !overflow, byteCount >= 0 else {
            isExhausted = true
            return nil
        }
        let size = max(Self.alignment, padded & ~(Self.alignment - 1))
        if size > left {
            let wanted = max(size, min(Self.chunkByteCountMax, max(Self.chunkByteCountMin, self.byteCount)))
            guard wanted <= byteCountMax - self.byteCount else {
                isExhausted = true
                return nil
            }
            let chunk = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: Self.alignment)
            chunks.append(chunk)
            self.byteCount += wanted
            next = chunk
            left = wanted
        }
        guard let place = next else { return nil }
        next = place + size
        left -= size
        return place
    }

    /// Memory for what we pack ourselves, which no peer chooses.
    public func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        if let place = allocate(atMost: byteCount) { return place }
        let chunk = UnsafeMutableRawPointer.allocate(
            byteCount: max(byteCount, 1), alignment: Self.alignment)
        chunks.append(chunk)
        return chunk
    }

    /// Calls protobuf-c with an allocator that takes from this arena and frees nothing.
    func withAllocator<Result>(_ body: (UnsafeMutablePointer<ProtobufCAllocator>) -> Result) -> Result {
        var allocator = ProtobufCAllocator(
            alloc: { arena, size in
                guard let arena, size <= Int.max else { return nil }
                return Unmanaged<MessageArena>.fromOpaque(arena)._withUnsafeGuaranteedRef {
                    $0.allocate(atMost: Int(size))
                }
            },
            free: { _, _ in },
            allocator_data: Unmanaged.passUnretained(self).toOpaque())
        return withExtendedLifetime(self) { body(&allocator) }
    }
}
