/// The data of a Response frame: a payload, or why there is none.
///
/// ttrpc.Response of proto/ttrpc/ttrpc.proto, with google.rpc.Status inside.
package struct ResponseEnvelope: Sendable {
    /// Field 1 (status; absent or code 0 is success) and field 2 (payload).
    package var outcome: Result<[UInt8], RPCStatus>

    package init(_ outcome: Result<[UInt8], RPCStatus>) { self.outcome = outcome }

    /// Unknown fields are skipped, unknown codes become UNKNOWN.
    package init(_ data: ArraySlice<UInt8>, limits: WireLimits) throws(EnvelopeError) {
        self = try data.withUnsafeBufferPointer {
            (bytes: UnsafeBufferPointer<UInt8>) throws(EnvelopeError) -> ResponseEnvelope in
            try ResponseEnvelope(bytes, limits)
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: WireLimits) throws(EnvelopeError) {
        var status = StatusParts()
        var payload: [UInt8] = []
        var reader = ProtobufReader(bytes)
        while let field = try reader.next() {
            switch field {
            case .bytes(1, let range): try status.read(ProtobufReader(bytes, in: range), limits)
            case .bytes(2, let range): payload = reader.copy(range)
            case .varint, .bytes, .skipped: continue
            }
        }
        outcome = status.code == 0 ? .success(payload) : .failure(status.status)
    }

    /// A status while it is read; a second status field adds to the first, as protobuf wants.
    private struct StatusParts {
        var code: Int32 = 0
        var message = ""
        var details: [StatusDetail] = []

        var status: RPCStatus {
            RPCStatus(code: StatusCode(rawValue: code) ?? .unknown, message: message, details: details)
        }

        mutating func read(_ start: ProtobufReader, _ limits: WireLimits) throws(EnvelopeError) {
            var reader = start
            while let field = try reader.next() {
                switch field {
                case .varint(1, let value): code = Int32(truncatingIfNeeded: value)
                case .bytes(2, let range):
                    message = try reader.text(range, field: "google.rpc.Status.message")
                case .bytes(3, let range):
                    guard details.count < limits.detailCountMax else { throw .tooManyDetails }
                    details.append(try Self.detail(ProtobufReader(reader.bytes, in: range)))
                case .varint, .bytes, .skipped: continue
                }
            }
        }

        static func detail(_ start: ProtobufReader) throws(EnvelopeError) -> StatusDetail {
            var reader = start
            var typeURL = ""
            var value: [UInt8] = []
            while let field = try reader.next() {
                switch field {
                case .bytes(1, let range):
                    typeURL = try reader.text(range, field: "google.protobuf.Any.type_url")
                case .bytes(2, let range): value = reader.copy(range)
                case .varint, .bytes, .skipped: continue
                }
            }
            return StatusDetail(typeURL: typeURL, value: value)
        }
    }

    package var byteCount: Int {
        switch outcome {
        case .success(let payload): payload.isEmpty ? 0 : ProtobufWriter.byteCount(fieldOf: payload.count)
        case .failure(let status): ProtobufWriter.byteCount(fieldOf: Self.byteCount(of: status))
        }
    }

    private static func byteCount(of status: RPCStatus) -> Int {
        var count = 0
        if status.code != .ok { count += 2 }
        if !status.message.isEmpty { count += ProtobufWriter.byteCount(fieldOf: status.message.utf8.count) }
        for detail in status.details {
            count += ProtobufWriter.byteCount(fieldOf: byteCount(of: detail))
        }
        return count
    }

    private static func byteCount(of detail: StatusDetail) -> Int {
        var count = 0
        for content in [detail.typeURL.utf8.count, detail.value.count] where content > 0 {
            count += ProtobufWriter.byteCount(fieldOf: content)
        }
        return count
    }

    /// Adds the encoding. Success leaves the status out, so an empty payload is no bytes at all.
    package func append(to bytes: inout [UInt8]) {
        switch outcome {
        case .success(let payload):
            ProtobufWriter.append(field: 2, bytes: payload, to: &bytes)
        case .failure(let status):
            ProtobufWriter.append(field: 1, contentByteCount: Self.byteCount(of: status), to: &bytes)
            ProtobufWriter.append(field: 1, varint: UInt64(UInt32(status.code.rawValue)), to: &bytes)
            ProtobufWriter.append(field: 2, text: status.message, to: &bytes)
            for detail in status.details {
                ProtobufWriter.append(field: 3, contentByteCount: Self.byteCount(of: detail), to: &bytes)
                ProtobufWriter.append(field: 1, text: detail.typeURL, to: &bytes)
                ProtobufWriter.append(field: 2, bytes: detail.value, to: &bytes)
            }
        }
    }

    /// Adds the whole Response frame. One that is too long becomes RESOURCE_EXHAUSTED: the caller gets an
    /// answer.
    package func appendFrame(streamID: StreamID, to bytes: inout [UInt8]) {
        do {
            let length = try OversizedMessage.checked(byteCount)
            FrameHeader(length: length, streamID: streamID, type: .response).append(to: &bytes)
            append(to: &bytes)
        } catch {
            ResponseEnvelope(.failure(error.status)).appendFrame(streamID: streamID, to: &bytes)
        }
    }
}
