import Contracts
import Wire

extension DeploymentFile {
    /// The way to a role's processes: one connection to a single address; where there are several, the better
    /// ones of them, and another try for what failed in passing and may be repeated.
    func channel(to role: HostedRole) throws(Failure) -> any ClosableChannel {
        let addresses = try addresses(of: role)
        guard addresses.count > 1 else {
            return ClientChannel(host: addresses[0].host, port: addresses[0].port)
        }
        let timeAndChance = TimeAndChance(bits: { UInt64.random(in: .min ... .max) })
        let balanced = BalancedChannel(addresses: addresses, timeAndChance: timeAndChance) {
            ClientChannel(host: $0.host, port: $0.port)
        }
        return RetryingChannel(
            balanced, timeAndChance: timeAndChance, judge: AccessTable.repeatability)
    }
}
