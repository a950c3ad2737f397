import Foundation
import Wire

/// A command to the Go peer, as Go/main.go reads it.
struct GoCommand: Encodable {
    var id = 0
    let `do`: String
    var peer = 0
    var address = ""
    var service = ""
    var method = ""
    var message = GoMessage(Envelope.Request())
    var timeoutNano: Int64 = 0
    var metadata: [String: [String]] = [:]
    var count = 0
}

/// The Go peer's answer to a command; what does not concern the command is absent.
struct GoAnswer: Decodable, Sendable {
    struct Detail: Decodable, Sendable {
        let typeURL: String
        let value: Data?
    }

    let id: Int
    let peer: Int?
    let port: Int?
    /// An error of the Go implementation itself, without a status.
    let error: String?
    let code: Int32?
    let statusMessage: String?
    let details: [Detail]?
    let message: GoMessage?
    let health: Int32?
    let count: Int?
    let streamIDs: [UInt32]?

    /// The refusal of a call; nil when it was answered or failed without a status.
    var status: RPCStatus? {
        code.map { code in
            RPCStatus(
                code: StatusCode(rawValue: code) ?? .unknown, message: statusMessage ?? "",
                details: (details ?? []).map {
                    StatusDetail(typeURL: $0.typeURL, value: Array($0.value ?? Data()))
                })
        }
    }

    /// The payload of an answered call.
    var request: Envelope.Request? {
        error == nil && code == nil ? message?.request : nil
    }
}

/// ttrpc.Request as a payload, with the names that Go's JSON encoding gives its fields.
struct GoMessage: Codable, Sendable {
    struct Pair: Codable, Sendable {
        let key: String
        let value: String

        enum CodingKeys: String, CodingKey {
            case key = "Key"
            case value = "Value"
        }
    }

    let service: String
    let method: String
    let payload: Data?
    let timeoutNano: Int64
    let metadata: [Pair]?

    enum CodingKeys: String, CodingKey {
        case service = "Service"
        case method = "Method"
        case payload = "Payload"
        case timeoutNano = "TimeoutNano"
        case metadata = "Metadata"
    }

    init(_ request: Envelope.Request) {
        service = request.service
        method = request.method
        payload = Data(request.payload)
        timeoutNano = request.timeoutNano
        metadata = request.metadata.map { Pair(key: $0.key, value: $0.value) }
    }

    var request: Envelope.Request {
        Envelope.Request(
            service: service, method: method, payload: Array(payload ?? Data()), timeoutNano: timeoutNano,
            metadata: (metadata ?? []).map { Envelope.KeyValue(key: $0.key, value: $0.value) })
    }
}
