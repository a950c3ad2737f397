import NIOCore

/// Hands large writes to the TLS handler in slices.
///
/// That handler keeps, for a connection's life, an output buffer as large as the largest write it ever got,
/// and makes another of that size for every write that overtakes the socket: one answer of 4 MiB would
/// cost each connection 8 MiB for good.
final class WriteSlices: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var rest = unwrapOutboundIn(data)
        while rest.readableBytes > WireLimits.encryptedWriteByteCountMax,
            let slice = rest.readSlice(length: WireLimits.encryptedWriteByteCountMax)
        {
            context.writeAndFlush(wrapOutboundOut(slice), promise: nil)
        }
        context.write(wrapOutboundOut(rest), promise: promise)
    }
}
