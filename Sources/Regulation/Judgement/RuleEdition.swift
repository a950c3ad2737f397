/// The edition of the rules a decision was judged under (R30).
///
/// The plan is a trial; a later edition never re-judges an earlier decision, so every event carries the
/// edition.
package struct RuleEdition: Sendable, Hashable, CustomStringConvertible {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    /// 企业标准“领跑者”实施方案（试行）, under 国市监标准[2018]84号, read as `Readings.md` says.
    package static let trial2018 = RuleEdition("2018-trial/1")

    package var description: String { name }
}
