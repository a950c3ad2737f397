import Contracts
package import Regulation
package import Wire

/// Where the year takes place: the gateway's counter, the clock, and the person who watches.
package protocol YearStage: Sendable {
    /// A channel to the gateway.
    var counter: any RPCChannel { get }
    /// The bearer token an office signs in with; nil for everybody.
    func token(of office: Office) -> String?
    /// Moves the simulated clock forward; a moment in the past changes nothing.
    func advance(to moment: Instant) throws
    /// What the simulated clock shows.
    func now() throws -> Instant
    /// Shows one step that was done.
    func show(_ step: YearStep)
    /// Shows that a service is away and is waited for.
    func showWaiting(for reason: String)
}

/// One step of the year as shown to the person who watches.
package struct YearStep: Sendable {
    package let date: CivilDate
    /// Section of the regulation.
    package let article: String
    package let zh: String
    package let en: String
    /// The law said no, and rightly so.
    package let isRefusal: Bool
}
