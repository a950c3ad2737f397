import Authority
import Contracts
import Regulation
import Wire

/// A result that enterprises are asked to be named on (3.2.4), whichever of the two it is: a ranking list or
/// a list of forerunners. Agreeing to the one is not agreeing to the other.
struct ConsentSubject {
    let kind: ListSubject.Kind
    let id: String
    let agency: CommonAPI.Institution?
    let state: ResultState
    /// The version that answers are to (R32).
    let digest: [UInt8]
    /// Day on which the result was computed or chosen.
    let formedOn: String
    /// Credit codes of the enterprises on it.
    let listed: Set<String>
    /// Day of the answer that stands, by credit code.
    let standing: [String: CivilDate]

    var stream: String {
        switch kind {
        case .ranking: Stream.rankingList(id)
        case .forerunner: Stream.forerunnerList(id)
        }
    }

    /// Refuses answers that come at the wrong time: a consent can be taken back for longer than it can be
    /// given.
    func require(isWithdrawal: Bool) throws(Refusal) {
        switch kind {
        case .ranking:
            try RankingListLifecycle.require(
                isWithdrawal ? .withdrawConsents : .recordConsents, of: id, in: state)
        case .forerunner:
            try ForerunnerListLifecycle.require(
                isWithdrawal ? .withdrawConsents : .recordConsents, of: id, in: state)
        }
    }
}

extension RankingStore {
    /// The ranking list or list of forerunners with this id; nil when there is neither.
    func consentSubject(_ id: String) throws -> ConsentSubject? {
        if let list = try rankingList(id) {
            return ConsentSubject(
                kind: .ranking, id: id, agency: list.agency, state: try ResultState(list),
                digest: list.digests?.result ?? [], formedOn: list.computedOn,
                listed: Set(try enterprises(of: id)), standing: try consentDays(id))
        }
        guard let list = try forerunnerList(id) else { return nil }
        return ConsentSubject(
            kind: .forerunner, id: id, agency: list.agency, state: try ResultState(list),
            digest: list.digest, formedOn: list.chosenOn,
            listed: ForerunnerDecisions.enterprises(of: list), standing: try consentDays(id))
    }

    /// Enterprises that took their consent to be named as forerunners back, or never gave it. One without
    /// an answer of its own is not among them: a list that was submitted before lists of forerunners had
    /// consents of their own rests on those given to its ranking.
    func declining(_ forerunnerListID: String) throws -> Set<String> {
        Set(try consents(forerunnerListID).filter { !$0.value }.keys)
    }
}
