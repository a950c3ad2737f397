/// Bounds on what is unpacked; each protects the process from a peer that means harm.
public enum MessageLimits {
    /// Messages within messages. protobuf-c recurses, so without a bound 30 KB of nested bytes overflow the
    /// stack; our own messages need six.
    public static let levelMax = 64

    /// Serialized size taken unless a caller says otherwise. A frame carries 4 MiB; an event read back from
    /// our own record, such as a forerunner list, may be longer.
    public static let byteCountMax = 64 << 20

    /// Memory one unpacking may take: an empty nested message is two bytes on the wire and a C struct of
    /// hundreds in memory, so the sum is bounded, not the count.
    @inlinable
    public static func memoryByteCountMax(serialized byteCount: Int) -> Int {
        (1 << 20) + 64 * byteCount
    }
}
