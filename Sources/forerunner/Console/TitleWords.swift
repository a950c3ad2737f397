import Credentials
import Regulation
import Transparency

/// Words for what was found of a title; moments in Shanghai's time.
struct TitleWords {
    let language: Language

    func text(_ reason: TitleReason) -> String {
        switch reason {
        case .issued(let issuer, let key):
            language.pick(zh: "由\(issuer)以密钥\(key)签发", en: "issued by \(issuer) with key \(key)")
        case .holds(let first, let last):
            language.pick(
                zh: "有效期\(first)至\(last)（含首尾两日）", en: "valid from \(first) to \(last), both inclusive")
        case .noStatusList:
            language.pick(zh: "没有状态列表", en: "no status list was given")
        case .flaw(let flaw):
            text(flaw)
        case .ended(let moment):
            language.pick(
                zh: "已提前终止（\(Self.shanghai(moment))的状态列表）",
                en: "ended before its time, as the status list of \(Self.shanghai(moment)) says")
        case .standing(let age):
            language.pick(zh: "未终止（\(age)秒前的状态）", en: "not ended, as of \(age) seconds ago")
        case .noEntry:
            language.pick(zh: "证明文件中没有条目", en: "the proof does not carry the entry")
        case .otherEntry:
            language.pick(zh: "证明的是另一条目", en: "the proof is of another entry than this title's")
        case .tooFewWitnesses(let count, let needed):
            language.pick(
                zh: "仅\(count)个见证方签署，需要\(needed)个",
                en: "\(count) witnesses have signed the checkpoint; \(needed) must")
        case .inLog(let index, let size, let count):
            language.pick(
                zh: "共\(size)条中的第\(index)条（自0计），\(count)个见证方已签署",
                en: "entry \(index) of \(size), seen by \(count) witnesses")
        case .proof(let flaw):
            language.pick(zh: "证明不成立：\(flaw)", en: "\(flaw)")
        }
    }

    private func text(_ flaw: CredentialFlaw) -> String {
        switch flaw {
        case .malformed: language.pick(zh: "不是签名令牌：\(flaw)", en: "\(flaw)")
        case .algorithm(let name): language.pick(zh: "签名算法“\(name)”不予接受", en: "\(flaw)")
        case .type(let expected, let found):
            language.pick(zh: "令牌类型为“\(found)”，应为“\(expected)”", en: "\(flaw)")
        case .unknownKey(let id): language.pick(zh: "密钥“\(id)”不在受信密钥之列", en: "\(flaw)")
        case .forged: language.pick(zh: "签名与所称密钥不符", en: "\(flaw)")
        case .claim: language.pick(zh: "内容不符：\(flaw)", en: "\(flaw)")
        case .issuer(let expected, let found):
            language.pick(zh: "签发方为\(found)，应为\(expected)", en: "\(flaw)")
        case .notYet(let moment):
            language.pick(
                zh: "\(Self.shanghai(moment))起方为有效", en: "does not hold before \(Self.shanghai(moment))")
        case .over(let moment):
            language.pick(
                zh: "有效期已于\(Self.shanghai(moment))届满", en: "held until \(Self.shanghai(moment))")
        }
    }

    private static func shanghai(_ seconds: Int64) -> String {
        let (microseconds, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return isOver ? "\(seconds)" : Instant(utcMicroseconds: microseconds).shanghaiDescription
    }
}
