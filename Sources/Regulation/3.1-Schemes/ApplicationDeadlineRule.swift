/// An application that reached a call.
package struct ApplicationArrival: Sendable, Hashable {
    package var openedOn: CivilDate
    /// Last day of the call, inclusive.
    package var deadline: CivilDate
    package var receivedOn: CivilDate

    package init(openedOn: CivilDate, deadline: CivilDate, receivedOn: CivilDate) {
        self.openedOn = openedOn
        self.deadline = deadline
        self.receivedOn = receivedOn
    }
}

/// Applications are in time while the call is open, until 24:00 of its deadline.
///
/// Regulation 3.1.1 (公开征集).
package struct ApplicationDeadlineRule: Rule {
    package static let citation = Citation("3.1.1", term: "公开征集")

    package init() {}

    package func findings(in arrival: ApplicationArrival) -> [Finding] {
        if arrival.receivedOn < arrival.openedOn {
            return [
                Finding(
                    Self.citation, code: "CALL_NOT_OPEN", subject: "application.callId",
                    zh: "征集于\(arrival.openedOn)开始", en: "the call opens on \(arrival.openedOn)")
            ]
        }
        if arrival.receivedOn > arrival.deadline {
            return [
                Finding(
                    Self.citation, code: "CALL_CLOSED", subject: "application.callId",
                    zh: "征集已于\(arrival.deadline)24:00截止",
                    en: "the call closed at 24:00 of \(arrival.deadline)")
            ]
        }
        return []
    }
}
