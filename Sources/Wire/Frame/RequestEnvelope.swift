/// The data of a Request frame: which method, how long it may take, and the payload for it.
///
/// ttrpc.Request of proto/ttrpc/ttrpc.proto.
package struct RequestEnvelope: Sendable, Hashable {
    /// Field 1: full name with package, no slash.
    package var service: String
    /// Field 2: bare name.
    package var method: String
    /// Field 3.
    package var payload: [UInt8]
    /// Whether field 3 was there at all, perhaps empty. Only a received envelope can tell.
    package private(set) var hasPayload: Bool
    /// Field 4: time left in nanoseconds, from the sender's clock at sending. Zero: none given; negative:
    /// passed.
    package var timeoutNanoseconds: Int64
    /// Field 5.
    package var metadata: Metadata

    package init(
        service: String = "", method: String = "", payload: [UInt8] = [], timeoutNanoseconds: Int64 = 0,
        metadata: Metadata = Metadata()
    ) {
        self.service = service
        self.method = method
        self.payload = payload
        hasPayload = !payload.isEmpty
        self.timeoutNanoseconds = timeoutNanoseconds
        self.metadata = metadata
    }

    /// Unknown fields are skipped; of a repeated single field the last counts.
    package init(_ data: ArraySlice<UInt8>, limits: WireLimits) throws(EnvelopeError) {
        self = try data.withUnsafeBufferPointer {
            (bytes: UnsafeBufferPointer<UInt8>) throws(EnvelopeError) -> RequestEnvelope in
            try RequestEnvelope(bytes, limits)
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: WireLimits) throws(EnvelopeError) {
        // Not read into `self`, which would be copied at the end, as errors may leave it half read.
        var service = ""
        var method = ""
        var payload: [UInt8]?
        var timeoutNanoseconds: Int64 = 0
        var metadata = Metadata()
        var reader = ProtobufReader(bytes)
        var metadataByteCount = 0
        while let field = try reader.next() {
            switch field {
            case .bytes(1, let range): service = try reader.text(range, field: "ttrpc.Request.service")
            case .bytes(2, let range): method = try reader.text(range, field: "ttrpc.Request.method")
            case .bytes(3, let range): payload = reader.copy(range)
            case .varint(4, let value): timeoutNanoseconds = Int64(bitPattern: value)
            case .bytes(5, let range):
                metadataByteCount += range.count
                guard
                    metadata.entries.count < limits.metadataCountMax,
                    metadataByteCount <= limits.metadataByteCountMax
                else { throw .tooMuchMetadata }
                let (key, value) = try Self.pair(ProtobufReader(bytes, in: range))
                metadata.append(value, for: key)
            case .varint, .bytes, .skipped: continue
            }
        }
        self.init(
            service: service, method: method, payload: payload ?? [], timeoutNanoseconds: timeoutNanoseconds,
            metadata: metadata)
        hasPayload = payload != nil
    }

    private static func pair(_ start: ProtobufReader) throws(EnvelopeError) -> (String, String) {
        var reader = start
        var key = ""
        var value = ""
        while let field = try reader.next() {
            switch field {
            case .bytes(1, let range): key = try reader.text(range, field: "ttrpc.KeyValue.key")
            case .bytes(2, let range): value = try reader.text(range, field: "ttrpc.KeyValue.value")
            case .varint, .bytes, .skipped: continue
            }
        }
        return (key, value)
    }

    package var byteCount: Int {
        var count = 0
        for content in [service.utf8.count, method.utf8.count, payload.count] where content > 0 {
            count += ProtobufWriter.byteCount(fieldOf: content)
        }
        if payload.isEmpty && hasPayload { count += ProtobufWriter.byteCount(fieldOf: 0) }
        if timeoutNanoseconds != 0 {
            count += 1 + ProtobufWriter.byteCount(varint: UInt64(bitPattern: timeoutNanoseconds))
        }
        for entry in metadata.entries {
            count += ProtobufWriter.byteCount(fieldOf: Self.byteCount(of: entry))
        }
        return count
    }

    private static func byteCount(of entry: Metadata.Entry) -> Int {
        var count = 0
        for content in [entry.key.utf8.count, entry.value.utf8.count] where content > 0 {
            count += ProtobufWriter.byteCount(fieldOf: content)
        }
        return count
    }

    /// Adds the encoding, fields in the order of their numbers, as the reference client does.
    package func append(to bytes: inout [UInt8]) {
        ProtobufWriter.append(field: 1, text: service, to: &bytes)
        ProtobufWriter.append(field: 2, text: method, to: &bytes)
        if payload.isEmpty && hasPayload {
            ProtobufWriter.append(field: 3, contentByteCount: 0, to: &bytes)
        } else {
            ProtobufWriter.append(field: 3, bytes: payload, to: &bytes)
        }
        ProtobufWriter.append(field: 4, varint: UInt64(bitPattern: timeoutNanoseconds), to: &bytes)
        for entry in metadata.entries {
            ProtobufWriter.append(field: 5, contentByteCount: Self.byteCount(of: entry), to: &bytes)
            ProtobufWriter.append(field: 1, text: entry.key, to: &bytes)
            ProtobufWriter.append(field: 2, text: entry.value, to: &bytes)
        }
    }

    /// Adds the whole Request frame of a unary call, or says how long its data would be when that is too
    /// long.
    package func appendFrame(streamID: StreamID, to bytes: inout [UInt8]) throws(OversizedMessage) {
        let length = try OversizedMessage.checked(byteCount)
        FrameHeader(length: length, streamID: streamID, type: .request).append(to: &bytes)
        append(to: &bytes)
    }
}

/// A message that does not fit a frame.
package struct OversizedMessage: Error, Hashable, Sendable {
    package let byteCount: Int

    package init(byteCount: Int) { self.byteCount = byteCount }

    /// RESOURCE_EXHAUSTED with the reference server's words.
    package var status: RPCStatus {
        RPCStatus(
            code: .resourceExhausted,
            message:
                "message length \(byteCount) exceed maximum message size of \(WireLimits.frameByteCountMax)"
        )
    }

    static func checked(_ byteCount: Int) throws(OversizedMessage) -> UInt32 {
        guard byteCount <= WireLimits.frameByteCountMax else { throw OversizedMessage(byteCount: byteCount) }
        return UInt32(byteCount)
    }
}
