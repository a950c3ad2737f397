/// Why a text is no standard number, with the remedy.
///
/// Positions count from 1. `code` is stable; the words are not.
package enum StandardNumberFlaw: Error, Hashable, Sendable {
    case empty
    case tooLong
    /// No standard number has this character.
    case character(position: Int, Character)
    /// What stands before the sequence number tells no kind of standard.
    case prefix
    /// Two or more numbers in one, as associations print on a joint standard.
    case joint
    case yearMissing
    /// The year has not four digits, or is not of 1900 to 2099.
    case year(String)
    /// The area of a local standard is not the digits of a province, city or county.
    case area(String)
    /// The code of the association is not a letter and one to eleven letters or digits.
    case groupCode(String)
    /// The code of the enterprise, or the class letters behind it.
    case enterpriseCode(String)
    case sequence(String)

    package var code: String {
        switch self {
        case .empty: "EMPTY"
        case .tooLong: "TOO_LONG"
        case .character: "CHARACTER"
        case .prefix: "PREFIX"
        case .joint: "JOINT"
        case .yearMissing: "YEAR_MISSING"
        case .year: "YEAR"
        case .area: "AREA"
        case .groupCode: "GROUP_CODE"
        case .enterpriseCode: "ENTERPRISE_CODE"
        case .sequence: "SEQUENCE"
        }
    }

    package var messageZH: String {
        switch self {
        case .empty: "标准编号为空，请填写"
        case .tooLong: "标准编号超过\(StandardNumber.characterCountMax)个字符，请只填写一个编号"
        case .character(let position, let character):
            "第\(position)位“\(character.quotable)”不能用于标准编号，请使用字母、数字和“/”“.”“—”"
        case .prefix: "无法识别标准代号，应以GB、行业代号、DB、T/、Q/、ISO或IEC开头，如“Q/ABC 001—2025”"
        case .joint: "这里有两个以上编号（联合发布），请每次只填写一个"
        case .yearMissing: "缺少年份号，请在编号后补“—”和四位年份"
        case .year(let year): "年份号“\(year)”应为四位年份（1900—2099），请写全"
        case .area(let area): "地方标准代号DB后的“\(area)”应为2、4或6位行政区划码，请核对"
        case .groupCode(let code): "团体代号“\(code)”应为2至12位大写字母或数字并以字母开头，请核对"
        case .enterpriseCode(let code):
            "企业代号“\(code)”应为1至20位字母或数字，其后可带“/”和1至3个分类字母，请核对"
        case .sequence(let sequence): "顺序号“\(sequence)”不符合编号规则，请与标准封面核对"
        }
    }

    package var messageEN: String {
        switch self {
        case .empty: "there is no standard number; give one"
        case .tooLong: "longer than \(StandardNumber.characterCountMax) characters; give one number only"
        case .character(let position, let character):
            "position \(position), “\(character.quotable)”, is in no standard number; "
                + "use letters, digits, “/”, “.” and “—”"
        case .prefix:
            "no known kind of standard; begin with GB, a trade's two letters, DB, T/, Q/, ISO or IEC, "
                + "as in “Q/ABC 001—2025”"
        case .joint: "two numbers or more (a joint standard); give one at a time"
        case .yearMissing: "the year is missing; add “—” and its four digits"
        case .year(let year): "the year “\(year)” must be four digits, 1900 to 2099; write it in full"
        case .area(let area):
            "“\(area)” after DB must be the 2, 4 or 6 digits of a division; compare with the cover"
        case .groupCode(let code):
            "the association's code “\(code)” must be 2 to 12 capitals or digits beginning with a letter; "
                + "compare with the cover"
        case .enterpriseCode(let code):
            "the enterprise's code “\(code)” must be 1 to 20 letters or digits, then perhaps "
                + "“/” and 1 to 3 class letters; compare with the cover"
        case .sequence(let sequence):
            "the sequence number “\(sequence)” is not formed by the rules; compare with the standard's cover"
        }
    }
}
