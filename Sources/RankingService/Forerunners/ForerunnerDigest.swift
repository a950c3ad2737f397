import Contracts
import Crypto
import Wire

/// What an enterprise agrees to when it agrees to be named as a forerunner (3.2.4, R32): the list exactly as
/// it was chosen. What becomes of the list afterwards changes nothing of it.
enum ForerunnerDigest {
    /// SHA-256 of the encoding of everything that the choice decided.
    static func digest(of list: RankingAPI.ForerunnerList) -> [UInt8] {
        let chosen = RankingAPI.ForerunnerList(
            id: list.id, rankingListId: list.rankingListId, schemeId: list.schemeId, year: list.year,
            product: list.product, keyField: list.keyField, agency: list.agency, number: list.number,
            consumerChoice: list.consumerChoice, industryDevelopment: list.industryDevelopment,
            declaredStandardCount: list.declaredStandardCount, forerunners: list.forerunners,
            skips: list.skips, validityMonths: list.validityMonths, syntheticCodes: list.syntheticCodes,
            targetNumber: list.targetNumber)
        return Array(SHA256.hash(data: chosen.serialized()))
    }
}
