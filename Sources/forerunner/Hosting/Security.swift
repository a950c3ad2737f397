import Contracts
import Wire

/// How the processes of a deployment speak to one another.
struct Security {
    let transport: TransportSecurity
    let deployment: DeploymentFile

    /// Calls carry the platform key and what institutions declare: without TLS they stay on the machine,
    /// unless the deployment says that its network protects them.
    func admit(_ address: HostPort) throws(Failure) {
        if case .mutualTLS = transport { return }
        guard address.isLoopback || deployment.deployment.allowPlaintext else {
            throw Failure(
                .badInput,
                "\(address) is not on the loopback interface, and calls are not encrypted; configure tls, "
                    + "use 127.0.0.1, or set allowPlaintext when the network itself protects the calls")
        }
    }

    /// The way to a role's processes, each of which must prove by its certificate that it has the role: one
    /// connection to a single address; where there are several, the better ones of them, and another try for
    /// what failed in passing and may be repeated.
    func channel(to role: HostedRole) throws(Failure) -> any ClosableChannel {
        let addresses = try deployment.addresses(of: role)
        for address in addresses { try admit(address) }
        let transport = transport
        let connect = { @Sendable (address: HostPort) -> ClientChannel in
            ClientChannel(
                host: address.host, port: address.port, security: transport,
                expecting: .uri(CertifiedName.process(role.rawValue)))
        }
        guard addresses.count > 1 else { return connect(addresses[0]) }
        let timeAndChance = TimeAndChance(bits: { UInt64.random(in: .min ... .max) })
        let balanced = BalancedChannel(addresses: addresses, timeAndChance: timeAndChance, connect: connect)
        return RetryingChannel(
            balanced, timeAndChance: timeAndChance, judge: AccessTable.repeatability)
    }
}
