/// Every limit of the wire, with the accident it prevents. Both sides use them; tests make them small.
public struct WireLimits: Sendable {
    // MARK: Size

    /// Data of one frame: fixed by ttrpc (4 MiB), and every peer's limit too.
    public static let frameByteCountMax = 4 << 20

    /// Oversized data that is read and thrown away so that the connection can go on; a longer announcement
    /// (always one with the reserved byte set) closes it. Four frames' worth: enough for an honest mistake.
    public var discardByteCountMax = 16 << 20

    /// Pairs of metadata in a request: each costs us many times its bytes in memory.
    public var metadataCountMax = 64

    /// UTF-8 bytes of all metadata in a request. Tokens and trace contexts are a few hundred.
    public var metadataByteCountMax = 16 << 10

    /// Details of a received status, for the same reason as metadata.
    public var detailCountMax = 64

    /// UTF-8 bytes of a sent status message; longer ones (they may echo what the peer sent) are cut.
    public var statusMessageByteCountMax = 8 << 10

    /// Bytes given to TLS at once; larger writes are sliced. The library's buffer for them stays as long as
    /// the connection: seven records of 16 KiB (RFC 8446, 5.1) with their heads fit into one of 128 KiB.
    static let encryptedWriteByteCountMax = 7 << 14

    /// Longest DNS name or URI read from a certificate; a DNS name has at most 253 bytes.
    static let certificateNameByteCountMax = 256

    // MARK: Count

    /// Names read from a certificate: each is kept as long as its connection.
    static let certificateNameCountMax = 64

    /// Handlers running for one connection. An excess request is refused at once, never queued; a handler
    /// whose call was answered for it (deadline) counts until it really ends (CVE-2023-44487).
    public var handlerCountMax = 100

    /// Calls in flight on a client's connection; below a server's `handlerCountMax`, so that calls the client
    /// gave up do not get fresh ones refused. Further calls wait for a free place.
    public var clientCallCountMax = 80

    /// Calls waiting for a connection or a place; beyond, the caller is in a loop.
    public var clientQueueCountMax = 10_000

    /// Connections of a server, each of which costs a descriptor and some 10 KiB; with TLS 36 KiB, and half a
    /// mebibyte once it has carried large payloads.
    public var connectionCountMax = 1_000

    /// Connections from one address; one peer cannot take all of them. Room for a building behind one
    /// address.
    public var connectionPerAddressCountMax = 250

    /// Broken requests on one connection in a minute. Each is answered; a peer that sends nothing else is cut
    /// off.
    public var flawPerMinuteCountMax = 100

    // MARK: Queued bytes

    /// Unsent answers of a connection above which we stop reading from it (and below the lower one go on): a
    /// peer that does not read cannot make us work.
    public var outboundHighByteCount = 4 << 20
    public var outboundLowByteCount = 1 << 20

    /// Unsent answers above which further large ones become RESOURCE_EXHAUSTED: handlers already running when
    /// reading stopped may otherwise each add a frame's worth.
    public var outboundByteCountMax = 64 << 20

    // MARK: Time

    /// From a connection's start to the end of its TLS handshake: nobody holds a place without showing a
    /// certificate. Ten round trips of half a second fit.
    public var handshakeTime: Duration = .seconds(5)

    /// From our close_notify (RFC 8446, 6.1) to dropping the connection when the peer sends none: it may be
    /// gone.
    static let closeNotifyTime: Duration = .seconds(1)

    /// From a connection's start to its first whole frame.
    public var firstFrameTime: Duration = .seconds(10)

    /// From the first byte of a frame to its last: nobody holds a connection by sending slowly. A full frame
    /// in this time is 3.4 Mbit/s, below which the peer should send smaller messages.
    public var frameTime: Duration = .seconds(10)

    /// Without a frame and without a running call.
    public var idleTime: Duration = .seconds(300)

    /// Without the peer taking any of our bytes while we have some to send.
    public var stallTime: Duration = .seconds(30)

    /// From our last byte on a connection we close to dropping it: the peer has this long to read it.
    public var lingerTime: Duration = .seconds(1)

    /// Longest a server lets a call take, whatever the client asks, and what a call without a timeout gets.
    public var callTimeMax: Duration = .seconds(30)

    /// How long running calls may go on after an orderly shutdown began.
    public var drainTime: Duration = .seconds(10)

    /// Connecting, within the call's own deadline.
    public var connectTime: Duration = .seconds(5)

    /// Wait before the second attempt to connect; doubles up to the maximum, varied by a fifth either way so
    /// that clients of a server that restarted do not come back in step.
    public var backoffMin: Duration = .milliseconds(50)
    public var backoffMax: Duration = .seconds(1)

    public init() {}
}
