/// How strictly the regulation words a duty.
package enum Modality: Sendable, Hashable, CaseIterable {
    /// 应: blocks the act; nobody may depart from it.
    case must
    /// 一般: may be departed from by the work agency with a recorded reason.
    case generally
    /// 原则上: may be departed from with a recorded reason.
    case inPrinciple
    /// Nothing blocks; the reader should know (practice of the field, not a duty).
    case advice
}
