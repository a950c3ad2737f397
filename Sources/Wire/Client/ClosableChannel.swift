/// A channel that holds connections, and ends them when it is told to.
public protocol ClosableChannel: RPCChannel {
    /// Calls under way and later ones fail with UNAVAILABLE. Closing twice is once.
    func close() async
}

extension ClientChannel: ClosableChannel {}
