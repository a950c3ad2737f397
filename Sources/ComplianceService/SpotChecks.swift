import Contracts
import Regulation
import Wire

/// 产品抽检 as a judgement on messages (3.2.6(4)).
enum SpotChecks {
    /// Whether a measured value meets what was declared at award; `declared` is the requirement as text.
    ///
    /// A measurement that is not of the requirement's kind is INVALID_ARGUMENT: nothing is judged by it.
    static func judge(
        measured: String, against message: StandardsAPI.Declaration
    ) throws(RPCStatus) -> (declared: String, meets: Bool) {
        let declaration: Declaration
        do {
            declaration = try Declaration(message)
        } catch {
            throw RPCStatus(code: .internalError, message: "the title's declaration cannot be read: \(error)")
        }
        let text = text(declaration)
        switch SpotCheckJudgement(measured: measured, declaration: declaration) {
        case .meets: return (text, true)
        case .fails: return (text, false)
        case .unreadable:
            throw RPCStatus(
                code: .invalidArgument,
                message:
                    "measured: “\(measured)” cannot be held against “\(text)”; write an exact decimal, "
                    + "a grade word, yes or no, as was declared")
        }
    }

    private static func text(_ declaration: Declaration) -> String {
        let sign =
            switch declaration.relation {
            case .atMost: "≤ "
            case .below: "< "
            case .atLeast: "≥ "
            case .above: "> "
            case .equal: ""
            }
        let unit = declaration.unit.isEmpty ? "" : " \(declaration.unit)"
        return "\(sign)\(declaration.written)\(unit)"
    }
}
