/// The server's part in agreeing on `StreamExtension`: the client announces itself once, and is answered
/// once.
struct ExtensionHandshake {
    private enum State {
        /// Leaves to: announced.
        case silent
        /// The Hello is due. Leaves to: agreed.
        case announced(window: Int)
        /// Final.
        case agreed(window: Int)
    }

    private var state = State.silent

    /// The client's receive window for each stream; nil when it did not announce itself.
    var peerWindow: Int? {
        switch state {
        case .silent: nil
        case .announced(let window), .agreed(let window): window
        }
    }

    /// Takes the announcement out of a request's metadata. A repeated one means nothing.
    mutating func read(_ metadata: inout Metadata) {
        guard !metadata.isEmpty, let text = metadata[StreamExtension.metadataKey] else { return }
        metadata.remove(StreamExtension.metadataKey)
        if case .silent = state, let window = StreamExtension.window(announced: text) {
            state = .announced(window: window)
        }
    }

    mutating func takeHello() -> Bool {
        guard case .announced(let window) = state else { return false }
        state = .agreed(window: window)
        return true
    }
}
