internal import Regulation

/// Why a row, or one field of it, is not taken. `code` is stable; the words are not.
package enum RowFlaw: Error, Sendable, Hashable {
    case wrongFieldCount(expected: Int, found: Int)
    case fieldTooLong(byteCountMax: Int)
    case recordTooLong(byteCountMax: Int)
    case tooManyFields(countMax: Int)
    case textAfterQuote
    case notAnObject(reason: String)
    case nestedValue
    case notUTF8
    case missing
    case notANumber
    case notAnInterval
    case outOfRange(minimum: String, maximum: String)
    case unknownWord(known: [String])
    case notADate(format: String)
    case abolishedBeforeDeclared
    case creditCode(code: String, zh: String, en: String)
    case standardNumber(code: String, zh: String, en: String)
    case unknownProvince
    case tooManyReferences(countMax: Int)
    /// Equal in everything to the row named, which is kept.
    case repeatedRow(first: Int)
    /// Same enterprise, number and models as other rows, but other requirements: none of them is taken.
    case contradiction(rows: [Int])
}

extension RowFlaw {
    package var code: String {
        switch self {
        case .wrongFieldCount: "WRONG_FIELD_COUNT"
        case .fieldTooLong: "FIELD_TOO_LONG"
        case .recordTooLong: "RECORD_TOO_LONG"
        case .tooManyFields: "TOO_MANY_FIELDS"
        case .textAfterQuote: "TEXT_AFTER_QUOTE"
        case .notAnObject: "NOT_AN_OBJECT"
        case .nestedValue: "NESTED_VALUE"
        case .notUTF8: "NOT_UTF8"
        case .missing: "MISSING"
        case .notANumber: "NOT_A_NUMBER"
        case .notAnInterval: "NOT_AN_INTERVAL"
        case .outOfRange: "OUT_OF_RANGE"
        case .unknownWord: "UNKNOWN_WORD"
        case .notADate: "NOT_A_DATE"
        case .abolishedBeforeDeclared: "ABOLISHED_BEFORE_DECLARED"
        case .creditCode: "CREDIT_CODE"
        case .standardNumber: "STANDARD_NUMBER"
        case .unknownProvince: "UNKNOWN_PROVINCE"
        case .tooManyReferences: "TOO_MANY_REFERENCES"
        case .repeatedRow: "REPEATED_ROW"
        case .contradiction: "CONTRADICTION"
        }
    }

    package var messageEN: String {
        switch self {
        case .wrongFieldCount(let expected, let found): "\(found) fields, the header has \(expected)"
        case .fieldTooLong(let max): "a field of more than \(max) bytes"
        case .recordTooLong(let max): "a record of more than \(max) bytes"
        case .tooManyFields(let max): "more than \(max) fields"
        case .textAfterQuote: "text after the closing quote of a field"
        case .notAnObject(let reason): "not a JSON object: \(reason)"
        case .nestedValue: "an object or list where a single value belongs"
        case .notUTF8: "not UTF-8"
        case .missing: "empty, and needed"
        case .notANumber: "not an exact decimal number (digits and one point, nothing else)"
        case .notAnInterval: "not an interval \"lower~upper\" of exact decimals"
        case .outOfRange(let minimum, let maximum): "impossible value: outside \(minimum) to \(maximum)"
        case .unknownWord(let known):
            "the profile does not know this word; known: \(known.joined(separator: ", "))"
        case .notADate(let format): "not a date of the form \(format)"
        case .abolishedBeforeDeclared: "abolished before it was declared"
        case .creditCode(_, _, let en), .standardNumber(_, _, let en): en
        case .unknownProvince: "no province of that name"
        case .tooManyReferences(let max): "more than \(max) standards are referenced"
        case .repeatedRow(let first): "equal to row \(first) in everything; that one is kept"
        case .contradiction(let rows):
            "same enterprise, standard number and models but other contents: rows \(Self.list(rows)); "
                + "none is taken"
        }
    }

    package var messageZH: String {
        switch self {
        case .wrongFieldCount(let expected, let found): "共\(found)个字段，表头为\(expected)个"
        case .fieldTooLong(let max): "字段超过\(max)字节"
        case .recordTooLong(let max): "记录超过\(max)字节"
        case .tooManyFields(let max): "字段超过\(max)个"
        case .textAfterQuote: "字段的右引号之后还有文字"
        case .notAnObject(let reason): "不是JSON对象：\(reason)"
        case .nestedValue: "此处应为单个值，不能是对象或列表"
        case .notUTF8: "不是UTF-8编码"
        case .missing: "必填项为空"
        case .notANumber: "不是十进制数（只能有数字和一个小数点）"
        case .notAnInterval: "不是“下限~上限”形式的区间"
        case .outOfRange(let minimum, let maximum): "数值不可能成立：应在\(minimum)至\(maximum)之间"
        case .unknownWord(let known): "导入配置没有这个词语，可用：\(known.joined(separator: "、"))"
        case .notADate(let format): "不是\(format)形式的日期"
        case .abolishedBeforeDeclared: "废止日期早于声明公开日期"
        case .creditCode(_, let zh, _), .standardNumber(_, let zh, _): zh
        case .unknownProvince: "没有这个省级行政区"
        case .tooManyReferences(let max): "引用标准超过\(max)项"
        case .repeatedRow(let first): "与第\(first)行完全相同，保留该行"
        case .contradiction(let rows): "与第\(Self.list(rows))行的企业、标准编号、型号相同而内容不同，均不采用"
        }
    }

    /// Long lists are cut: the other rows carry the same flaw.
    private static func list(_ rows: [Int]) -> String {
        let shown = rows.prefix(5).map(String.init).joined(separator: ", ")
        return rows.count > 5 ? shown + ", …" : shown
    }
}

extension RowFlaw {
    init(_ flaw: CreditCodeFlaw) {
        self = .creditCode(code: flaw.code, zh: flaw.messageZH, en: flaw.messageEN)
    }

    init(_ flaw: StandardNumberFlaw) {
        self = .standardNumber(code: flaw.code, zh: flaw.messageZH, en: flaw.messageEN)
    }

    /// The row's flaw and the number of the field it is in, when it is in one.
    static func of(_ flaw: RecordFlaw) -> (flaw: RowFlaw, field: Int?, name: String) {
        switch flaw {
        case .fieldTooLong(let field, let max): (.fieldTooLong(byteCountMax: max), field, "")
        case .recordTooLong(let max): (.recordTooLong(byteCountMax: max), nil, "")
        case .tooManyFields(let max): (.tooManyFields(countMax: max), nil, "")
        case .textAfterQuote(let field): (.textAfterQuote, field, "")
        case .notAnObject(let reason): (.notAnObject(reason: reason), nil, "")
        case .nestedValue(let name): (.nestedValue, nil, name)
        }
    }
}
