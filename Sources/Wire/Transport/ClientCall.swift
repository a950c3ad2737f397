/// One call of a client, from the caller's task to the event loop and back.
final class ClientCall: Sendable {
    let service: String
    let method: String
    let payload: [UInt8]
    let metadata: Metadata
    let deadline: Deadline
    let form: Form
    /// Of a unary call.
    private let reply = Reply()

    enum Form: Sendable {
        case unary
        case stream(ClientStreamCall)
    }

    init(
        service: String, method: String, payload: [UInt8], metadata: Metadata, deadline: Deadline, form: Form
    ) {
        self.service = service
        self.method = method
        self.payload = payload
        self.metadata = metadata
        self.deadline = deadline
        self.form = form
    }

    var shape: MethodShape {
        switch form {
        case .unary: .unary
        case .stream(let stream): stream.shape
        }
    }

    /// Flags of its Request: whether more messages follow it.
    var requestFlags: FrameFlags {
        switch shape {
        case .unary: []
        case .serverStreaming: .remoteClosed
        case .clientStreaming, .bidirectional: .remoteOpen
        }
    }

    /// The caller waits for the response, or for the stream to be open. To be called once.
    func await(_ continuation: UnsafeContinuation<Reply.Outcome, Never>) {
        switch form {
        case .unary: reply.await(continuation)
        case .stream(let stream): stream.opened.await(continuation)
        }
    }

    /// Nobody waits for an answer any more.
    var isAnswered: Bool {
        switch form {
        case .unary: reply.isAnswered
        case .stream(let stream): stream.isOver
        }
    }

    /// The server's one response, or why there is none: the end of the call, unless it had one.
    func answer(_ outcome: Result<[UInt8], RPCStatus>) {
        switch form {
        case .unary: reply.answer(outcome)
        case .stream(let stream): stream.answer(outcome)
        }
    }

    func fail(_ code: StatusCode, _ message: String) {
        answer(.failure(RPCStatus(code: code, message: message)))
    }
}
