internal import CMessages

/// Memory for the C structs of one message, given back as a whole when its lending ends.
///
/// Nothing that protobuf-c allocates outlives its arena: packing fills structs in it, unpacking gets them
/// from it, and both copy into Swift values or bytes before it goes. Not for sharing between tasks, and not
/// to be kept.
///
/// What it knows of itself lies at the head of its first memory, so that lending one allocates nothing.
public struct MessageArena {
    private struct State {
        let byteCountMax: Int
        var chunks: [UnsafeMutableRawPointer] = []
        var next: UnsafeMutableRawPointer
        var left: Int
        /// Bytes taken from the system so far.
        var byteCount = 0
        /// True once memory beyond the bound was asked for.
        var isExhausted = false
    }

    private static let chunkByteCountMin = 4 << 10
    private static let chunkByteCountMax = 1 << 20
    @usableFromInline static let alignment = 16

    /// Most messages need no more, and so much is taken from the stack; of a larger size Swift would make a
    /// heap allocation.
    @usableFromInline static let lentByteCount = 1 << 10

    private let state: UnsafeMutablePointer<State>

    /// An arena that begins in memory of the caller, which must outlive it; `close` ends it.
    @usableFromInline
    init(byteCountMax: Int, lent: UnsafeMutableRawBufferPointer) {
        let head = (MemoryLayout<State>.size + Self.alignment - 1) & ~(Self.alignment - 1)
        guard let start = lent.baseAddress, lent.count >= head else {
            preconditionFailure("an arena begins in memory that holds what it knows of itself")
        }
        state = start.initializeMemory(
            as: State.self,
            to: State(byteCountMax: byteCountMax, next: start + head, left: lent.count - head))
    }

    /// Gives back what was taken from the system.
    @usableFromInline
    func close() {
        for chunk in state.pointee.chunks { chunk.deallocate() }
        state.deinitialize(count: 1)
    }

    /// Hands out an arena for one message, beyond which nothing of it may be kept.
    ///
    /// - Parameter byteCountMax: bound beyond which it refuses to grow; only unpacking meets it.
    @inlinable
    static func lending<Result, Flaw: Error>(
        byteCountMax: Int = .max, _ body: (MessageArena) throws(Flaw) -> Result
    ) throws(Flaw) -> Result {
        try withUnsafeTemporaryAllocation(byteCount: lentByteCount, alignment: alignment) {
            (lent: UnsafeMutableRawBufferPointer) throws(Flaw) -> Result in
            let arena = MessageArena(byteCountMax: byteCountMax, lent: lent)
            defer { arena.close() }
            return try body(arena)
        }
    }

    var isExhausted: Bool { state.pointee.isExhausted }

    /// Memory aligned for any C type, or nil beyond the bound.
    func allocate(atMost byteCount: Int) -> UnsafeMutableRawPointer? {
        let (padded, overflow) = byteCount.addingReportingOverflow(Self.alignment - 1)
        guard !overflow, byteCount >= 0 else {
            state.pointee.isExhausted = true
            return nil
        }
        let size = max(Self.alignment, padded & ~(Self.alignment - 1))
        if size > state.pointee.left {
            guard grow(by: size) else { return nil }
        }
        let place = state.pointee.next
        state.pointee.next = place + size
        state.pointee.left -= size
        return place
    }

    /// Goes on in a new chunk with so many bytes at least; false beyond the bound.
    private func grow(by size: Int) -> Bool {
        let taken = state.pointee.byteCount
        let wanted = max(size, min(Self.chunkByteCountMax, max(Self.chunkByteCountMin, taken)))
        guard wanted <= state.pointee.byteCountMax - taken else {
            state.pointee.isExhausted = true
            return false
        }
        let chunk = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: Self.alignment)
        state.pointee.chunks.append(chunk)
        state.pointee.byteCount += wanted
        state.pointee.next = chunk
        state.pointee.left = wanted
        return true
    }

    /// Memory for what we pack ourselves, which no peer chooses.
    public func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        if let place = allocate(atMost: byteCount) { return place }
        let chunk = UnsafeMutableRawPointer.allocate(
            byteCount: max(byteCount, 1), alignment: Self.alignment)
        state.pointee.chunks.append(chunk)
        return chunk
    }

    /// Calls protobuf-c with an allocator that takes from this arena and frees nothing.
    func withAllocator<Result>(_ body: (UnsafeMutablePointer<ProtobufCAllocator>) -> Result) -> Result {
        var allocator = ProtobufCAllocator(
            alloc: { state, size in
                guard let state, size <= Int.max else { return nil }
                return MessageArena(state: state.assumingMemoryBound(to: State.self))
                    .allocate(atMost: Int(size))
            },
            free: { _, _ in },
            allocator_data: UnsafeMutableRawPointer(state))
        return body(&allocator)
    }

    private init(state: UnsafeMutablePointer<State>) { self.state = state }
}
