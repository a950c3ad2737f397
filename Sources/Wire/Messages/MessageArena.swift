internal import CMessages

/// Memory for the C structs of one message, given back as a whole when the arena goes.
///
/// Nothing that protobuf-c allocates outlives its arena: packing fills structs in it, unpacking gets them
/// from it, and both copy into Swift values or bytes before it goes. Not for sharing between tasks.
public final class MessageArena {
    private static let chunkByteCountMin = 4 << 10
    private static let chunkByteCountMax = 1 << 20
    private static let alignment = 16

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
