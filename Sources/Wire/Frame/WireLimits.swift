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

    /// What a peer that knows our extension may send of one stream ahead of its reader: enough for a round
    /// trip at full speed on one machine, and for a few milliseconds between machines.
    public var streamWindowByteCount = 256 << 10

    /// What is kept of one stream from a peer that does not count. Beyond it the stream fails, as the
    /// connection must not wait for its reader.
    public var streamQueueByteCountMax = 1 << 20

    /// What our client sends of one stream before it knows whether the server counts: less than any server's
    /// buffer.
    public var untoldByteCountMax = 32 << 10

    /// What one stream's writers may have waiting for the connection; more only makes memory wait.
    public var streamLoadByteCountMax = 256 << 10

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

    /// How long our client looks out for the answer to a single call before its thread sleeps, where that
    /// brings answers sooner (see `Lookout`); zero for never. A server beside us answers a small call in
    /// thirty to eighty microseconds.
    public var lookoutTime: Duration = .microseconds(100)

    /// Age at which a server asks a client to go to another connection, varied by a tenth either way so that
    /// clients do not come in step; nil keeps connections for ever. Old connections hold clients to processes
    /// that were there first. A foreign client cannot be asked: its connection is closed between two calls.
    public var connectionAgeMax: Duration?

    /// From that age on, calls are still served for so long; then they are refused.
    public var connectionAgeGrace: Duration = .seconds(30)

    /// A client with calls under way asks the server for a sign of life when it has heard nothing for this
    /// long: a peer that lost its power or its network sends no end of the connection.
    public var keepaliveTime: Duration = .seconds(30)

    /// From that question to giving the connection up.
    public var keepaliveAnswerTime: Duration = .seconds(10)

    /// Without the peer taking any of our bytes while we have some to send.
    public var stallTime: Duration = .seconds(30)

    /// From our last byte on a connection we close to dropping it: the peer has this long to read it.
    public var lingerTime: Duration = .seconds(1)

    /// Longest a server lets a call take, whatever the client asks, and what a call without a timeout gets.
    public var callTimeMax: Duration = .seconds(30)

    /// The same for a call that streams. Whoever watches for longer opens the stream again and so finds the
    /// processes that serve now.
    public var streamTimeMax: Duration = .seconds(3_600)

    /// How long running calls may go on after an orderly shutdown began.
    public var drainTime: Duration = .seconds(10)

    /// Connecting, within the call's own deadline.
    public var connectTime: Duration = .seconds(5)

    /// Wait before the second attempt to connect; doubles up to the maximum, varied by a fifth either way so
    /// that clients of a server that restarted do not come back in step.
    public var backoffMin: Duration = .milliseconds(50)
    public var backoffMax: Duration = .seconds(1)

    // MARK: Several addresses

    /// Addresses of one balanced channel, each with its connections and its checks.
    public static let endpointCountMax = 64

    /// Failures in a row after which an address gets no calls for a while: one may be a restart.
    public var ejectionFailureCount = 3

    /// How long the first time; doubles from one ejection to the next up to the maximum. Shorter, and a dead
    /// address costs a call every moment; longer, and one that is back stays idle.
    public var ejectionTimeMin: Duration = .seconds(1)
    public var ejectionTimeMax: Duration = .seconds(30)

    /// Share of the addresses below which ejection is not believed and all of them get calls: a fault of our
    /// own network must not throw every call at the last address.
    public var panicShare = 0.25

    /// Calls at once to an address that has not answered yet: one that fails fast looks idle and would draw
    /// all calls.
    public var newcomerCallCountMax = 4

    /// From one health check of an address in use to the next, varied by a fifth.
    public var healthCheckInterval: Duration = .seconds(5)

    /// Time an address has to answer a check; later it counts as unreachable.
    public var healthCheckTime: Duration = .seconds(2)

    // MARK: Repeats

    /// Attempts of one call, the first counted, whatever a policy says: the bound of gRFC A6.
    public static let attemptCountMax = 5

    /// Tokens of a channel's retry budget. A failure takes one, and below half of them nothing is repeated:
    /// a server in trouble is not asked twice for everything.
    public var retryTokenCountMax = 10

    /// Tokens that a success gives back: in the long run one repeat for ten calls.
    public var retryTokenRatio = 0.1

    // MARK: Load

    /// Handlers running in the whole process that `LoadGate` lets in, whatever their connections: found
    /// between the two by whether calls end in time. The lower one keeps a server that is merely slow from
    /// closing altogether.
    public var gateCallCountMin = 32
    public var gateCallCountMax = 2_000

    /// Of one method, so that a slow one cannot take every place.
    public var gateMethodCallCountMax = 1_000

    /// Of one peer, so that four busy ones leave room for a fifth.
    public var gatePeerCallCountMax = 500

    /// Least time after which a refused call is asked back; at most about three times as long. Shorter, and
    /// refusing becomes the server's main work.
    public var gateRetryDelayMin: Duration = .milliseconds(100)

    /// Time left below which a call is refused at once: the way back and the least a handler needs.
    public var deadlineFloor: Duration = .milliseconds(20)

    /// Methods with measurements of their own; further ones share one. A service has some tens.
    public var meteredMethodCountMax = 1_000

    // MARK: Health

    /// Streams that watch the health of one process; each is a caller's connection and wants one.
    public var healthWatcherCountMax = 1_000

    public init() {}
}
