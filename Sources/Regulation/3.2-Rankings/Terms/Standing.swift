/// Who may not be evaluated: what the compliance record says of enterprises (3.2.6).
package struct Standing: Sendable, Hashable {
    /// Last barred day (R18) by enterprise.
    package var bars: [CreditCode: CivilDate]
    package var blacklisted: Set<CreditCode>

    package init(bars: [CreditCode: CivilDate] = [:], blacklisted: Set<CreditCode> = []) {
        self.bars = bars
        self.blacklisted = blacklisted
    }

    /// The last barred day when `enterprise` is barred on `day`, nil when it is not.
    package func bar(on enterprise: CreditCode, at day: CivilDate) -> CivilDate? {
        guard let last = bars[enterprise], last >= day else { return nil }
        return last
    }
}
