internal import CZlib

/// Unpacks gzip as it arrives, in pieces of any size (RFC 1952, several members one after another included).
///
/// What comes out is bounded in size and, beyond a free amount, in proportion to what went in.
package final class GzipInflater {
    /// The first two bytes of every gzip file.
    package static let magic: [UInt8] = [0x1F, 0x8B]
    private static let outputByteCount = 256 << 10
    /// Largest window, plus sixteen: expect a gzip header and check its CRC.
    private static let windowBits: Int32 = 15 + 16

    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableBufferPointer<UInt8>
    private let limits: ImportLimits
    private var readByteCount = 0
    private var writtenByteCount = 0
    private var memberEnded = false

    package init(limits: ImportLimits = ImportLimits()) throws(GzipFlaw) {
        self.limits = limits
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(capacity: Self.outputByteCount)
        let status = inflateInit2_(
            stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .unavailable(status: Int(status)) }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
        output.deallocate()
    }

    /// Hands what these bytes unpack to, in pieces that are valid only during the call.
    package func feed<Failure: Error>(
        _ bytes: UnsafeBufferPointer<UInt8>,
        take: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void,
        refuse: (GzipFlaw) -> Failure
    ) throws(Failure) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
        stream.pointee.avail_in = UInt32(bytes.count)
        let readBefore = readByteCount
        while true {
            if memberEnded {
                guard stream.pointee.avail_in > 0 else { return }
                guard inflateReset(stream) == Z_OK else { throw refuse(.corrupt(at: readByteCount)) }
                memberEnded = false
            }
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(output.count)
            let status = inflate(stream, Z_NO_FLUSH)
            readByteCount = readBefore + bytes.count - Int(stream.pointee.avail_in)
            let count = output.count - Int(stream.pointee.avail_out)
            writtenByteCount += count
            if let flaw = flaw(of: status) { throw refuse(flaw) }
            if count > 0 { try take(UnsafeBufferPointer(rebasing: output[..<count])) }
            if status == Z_STREAM_END { memberEnded = true }
            let isHungry = stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0
            if isHungry && !memberEnded { return }
        }
    }

    /// The file is over; refused in the middle of a member.
    package func finish() throws(GzipFlaw) {
        guard memberEnded else { throw .truncated(at: readByteCount) }
    }

    private func flaw(of status: Int32) -> GzipFlaw? {
        // Z_BUF_ERROR only says that more input is wanted.
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            return .corrupt(at: readByteCount)
        }
        guard writtenByteCount <= limits.inflatedByteCountMax else {
            return .tooLarge(byteCountMax: limits.inflatedByteCountMax)
        }
        let isFree = writtenByteCount <= limits.inflationFreeByteCount
        guard isFree || writtenByteCount / max(readByteCount, 1) <= limits.inflationFactorMax else {
            return .bomb(factorMax: limits.inflationFactorMax)
        }
        return nil
    }
}

/// Why a gzip file is not read to its end. Positions are bytes of the packed file.
package enum GzipFlaw: Error, Sendable, Hashable {
    case corrupt(at: Int)
    case truncated(at: Int)
    case tooLarge(byteCountMax: Int)
    case bomb(factorMax: Int)
    case unavailable(status: Int)
}
