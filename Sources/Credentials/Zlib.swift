internal import CZlib

/// The format of RFC 1950, which status lists are compressed in.
enum Zlib {
    /// Compresses as well as it can: lists are written once and read often.
    static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
        var count = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(count))
        guard compress2(&packed, &count, bytes, uLong(bytes.count), Z_BEST_COMPRESSION) == Z_OK else {
            return nil
        }
        return Array(packed.prefix(Int(count)))
    }

    /// Nil for what is not compressed so, ends early, has something behind it, or grows beyond the bound.
    static func inflated(_ packed: [UInt8], byteCountMax: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: byteCountMax)
        var (count, taken) = (uLong(byteCountMax), uLong(packed.count))
        guard uncompress2(&bytes, &count, packed, &taken) == Z_OK, taken == uLong(packed.count) else {
            return nil
        }
        return Array(bytes.prefix(Int(count)))
    }
}
