import Wire

extension FuzzTarget {
    private static let frameDictionary: [[UInt8]] = [
        wireBytes("00000000 00000001 01 00"), wireBytes("00000004 00000003 01 02 0a000000"),
        wireBytes("00000000 00000001 03 05"), wireBytes("00000001 00000001 03 01 00"),
        wireBytes("00400001 00000005 01 00"), wireBytes("01000000 00000005 01 00"),
    ]

    /// However bytes are split on their way, the same frames come out; and encoded again they are the bytes.
    static let frames = FuzzTarget(
        name: "frames",
        seeds: {
            [
                [1, 7, 3] + requestBytes(1) + requestBytes(3, timeoutNanoseconds: 5),
                [9] + wireBytes("00000000 00000003 03 05") + wireBytes("00000002 00000001 02 00 0a00"),
            ]
        },
        dictionary: frameDictionary,
        run: cut)

    private static func cut(_ input: [UInt8]) throws -> String {
        // The first bytes say where to cut.
        let cuts = input.prefix(8)
        let bytes = Array(input.dropFirst(8))
        let whole = decode([bytes])
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let cut = cuts.isEmpty ? 0 : cuts[cuts.startIndex + pieces.count % cuts.count]
            pieces.append(Array(rest.prefix(1 + Int(cut))))
            rest = rest.dropFirst(1 + Int(cut))
        }
        let split = decode(pieces)
        try BrokenPromise.unless(whole.events == split.events, "\(whole.events) or \(split.events)")
        try BrokenPromise.unless(whole.isWithin == split.isWithin, "within a frame, or not")
        try again(whole.events, bytes)
        return "\(whole.events.count), \(kinds(whole.events)), \(whole.isWithin)"
    }

    private static func decode(
        _ pieces: [[UInt8]]
    ) -> (events: [FrameDecoder.Event], isWithin: Bool) {
        var decoder = FrameDecoder(discardByteCountMax: 5 << 20)
        var events: [FrameDecoder.Event] = []
        for piece in pieces { decoder.decode(piece.span.bytes, into: &events) }
        return (events, decoder.isWithinFrame)
    }

    /// Frames before the first oversized one take exactly the bytes they came from.
    private static func again(_ events: [FrameDecoder.Event], _ bytes: [UInt8]) throws {
        var encoded: [UInt8] = []
        for event in events {
            guard case .frame(let frame) = event else { break }
            frame.append(to: &encoded)
        }
        try BrokenPromise.unless(bytes.starts(with: encoded), "the frames are not what was sent")
    }

    private static func kinds(_ events: [FrameDecoder.Event]) -> [String] {
        events.prefix(3).map { event in
            switch event {
            case .frame(let frame): "\(frame.type.code.leadingZeroBitCount) \(frame.flags.rawValue & 7)"
            case .oversized: "oversized"
            case .beyondRepair: "beyond repair"
            }
        }
    }

    private static let envelopeDictionary: [[UInt8]] = [
        wireBytes("0a0161"), wireBytes("120162"), wireBytes("1a00"), wireBytes("20ffffffffffffffffff01"),
        wireBytes("2a060a016b120176"), wireBytes("2a00"), wireBytes("0a02c328"), wireBytes("0a04080512 00"),
        wireBytes("0a0b 1a09 0a0474792e70 120100"), [0x0B], [0x0C], [0x0D], [0x09],
    ]

    /// A request that can be read is written in as many bytes as announced, and reads as the same again.
    static let requestEnvelope = FuzzTarget(
        name: "request-envelope",
        seeds: {
            var bytes: [UInt8] = []
            RequestEnvelope(
                service: "a.B", method: "C", payload: [1, 2], timeoutNanoseconds: -1, metadata: ["k": "v"]
            ).append(to: &bytes)
            return [bytes, []]
        },
        dictionary: envelopeDictionary,
        run: requested)

    private static func requested(_ bytes: [UInt8]) throws -> String {
        let limits = WireLimits()
        let envelope: RequestEnvelope
        do {
            envelope = try RequestEnvelope(bytes[...], limits: limits)
        } catch {
            return "\(error)"
        }
        try BrokenPromise.unless(
            envelope.metadata.entries.count <= limits.metadataCountMax, "too much metadata")
        var encoded: [UInt8] = []
        envelope.append(to: &encoded)
        try BrokenPromise.unless(encoded.count == envelope.byteCount, "not as long as announced")
        let again = try RequestEnvelope(encoded[...], limits: limits)
        try BrokenPromise.unless(again == envelope, "\(envelope) reads as \(again)")
        return "\(envelope.metadata.entries.count), \(envelope.timeoutNanoseconds.signum()), "
            + "\(envelope.service.isEmpty) \(envelope.method.isEmpty) \(envelope.payload.isEmpty)"
    }

    /// The same of an answer.
    static let responseEnvelope = FuzzTarget(
        name: "response-envelope",
        seeds: {
            let status = RPCStatus(code: .notFound, message: "none", details: [])
            return [.success([1]), .failure(status)].map { (outcome: Result<[UInt8], RPCStatus>) in
                var bytes: [UInt8] = []
                ResponseEnvelope(outcome).append(to: &bytes)
                return bytes
            }
        },
        dictionary: envelopeDictionary,
        run: answered)

    private static func answered(_ bytes: [UInt8]) throws -> String {
        let limits = WireLimits()
        let envelope: ResponseEnvelope
        do {
            envelope = try ResponseEnvelope(bytes[...], limits: limits)
        } catch {
            return "\(error)"
        }
        var encoded: [UInt8] = []
        envelope.append(to: &encoded)
        try BrokenPromise.unless(encoded.count == envelope.byteCount, "not as long as announced")
        let again = try ResponseEnvelope(encoded[...], limits: limits)
        try BrokenPromise.unless(
            isSame(again.outcome, envelope.outcome), "\(envelope.outcome) reads as \(again.outcome)")
        switch envelope.outcome {
        case .success(let payload): return "answer, \(payload.isEmpty)"
        case .failure(let status):
            return "\(status.code), \(status.message.isEmpty), \(status.details.count)"
        }
    }

    /// Statuses that are equal may still differ in their words.
    private static func isSame(
        _ left: Result<[UInt8], RPCStatus>, _ right: Result<[UInt8], RPCStatus>
    ) -> Bool {
        switch (left, right) {
        case (.failure(let left), .failure(let right)):
            left == right && left.message.utf8.elementsEqual(right.message.utf8)
                && left.details == right.details
        case (.success(let left), .success(let right)): left == right
        case (.success, .failure), (.failure, .success): false
        }
    }
}
