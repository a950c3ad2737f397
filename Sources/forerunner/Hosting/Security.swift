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

    /// A channel to the process of a role, which must prove by its certificate that it has it.
    func channel(to role: HostedRole) throws(Failure) -> ClientChannel {
        let address = try deployment.address(of: role)
        try admit(address)
        return ClientChannel(
            host: address.host, port: address.port, security: transport,
            expecting: .uri(CertifiedName.process(role.rawValue)))
    }
}
