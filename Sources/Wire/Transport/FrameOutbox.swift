import NIOCore

/// Frames collected for one write, and how many bytes the peer has yet to take.
struct FrameOutbox {
    /// Encoded frames not yet written to the channel.
    var bytes: [UInt8] = []
    /// Bytes ever written to the channel.
    private var writtenByteCount = 0

    /// Memory kept for the next round.
    private static let keptByteCountMax = 256 << 10

    var isEmpty: Bool { bytes.isEmpty }

    /// Everything collected, as one buffer.
    mutating func take(_ allocator: ByteBufferAllocator) -> ByteBuffer {
        let buffer = allocator.buffer(bytes: bytes)
        writtenByteCount += bytes.count
        if bytes.capacity <= Self.keptByteCountMax {
            bytes.removeAll(keepingCapacity: true)
        } else {
            bytes = []
        }
        return buffer
    }

    /// Bytes the peer's kernel or ours has taken, and bytes that wait in this process.
    func progress(of channel: any Channel) -> (taken: Int, waiting: Int) {
        let buffered = (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        return (writtenByteCount - buffered, buffered + bytes.count)
    }
}
