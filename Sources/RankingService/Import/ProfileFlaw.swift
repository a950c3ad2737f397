/// One thing that is wrong with an import profile, or between it and the file.
package struct ProfileFlaw: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case missing
        /// Both or all of these members are given, exactly one may be.
        case severalSources([String])
        case unknownFormat(String, known: [String])
        case badDelimiter(String)
        case badTemplate(TemplateFlaw)
        case notADecimal(String)
        case emptyRange(minimum: String, maximum: String)
        /// A range makes no sense beside words.
        case rangeWithWords
        case repeated(String)
        case unknownProvince(String)
        /// No such column in the file; the most similar names it has.
        case unknownColumn(String, nearest: [String])
        /// The header has this name more than once.
        case ambiguousColumn(String)
        case tooMany(countMax: Int)
        case tooManyRequirements(countMax: Int)
        /// What the rules say of a part that is read by them, in English.
        case bridge(String)
    }

    /// Field of the profile, as in "indicators[2].column".
    package let path: String
    package let kind: Kind

    package init(_ path: String, _ kind: Kind) {
        self.path = path
        self.kind = kind
    }

    package var messageEN: String {
        switch kind {
        case .missing: "\(path): is needed"
        case .severalSources(let names): "\(path): give one of \(names.joined(separator: ", ")), not several"
        case .unknownFormat(let format, let known):
            "\(path): \"\(format)\" is not known; known: \(known.joined(separator: ", "))"
        case .badDelimiter(let text):
            "\(path): \"\(text)\" is not one ASCII character other than quote and line end"
        case .badTemplate(let flaw): "\(path): \(flaw.messageEN)"
        case .notADecimal(let text): "\(path): \"\(text)\" is not an exact decimal"
        case .emptyRange(let minimum, let maximum): "\(path): minimum \(minimum) is above maximum \(maximum)"
        case .rangeWithWords: "\(path): minimum and maximum are for numbers, not for words"
        case .repeated(let text): "\(path): \"\(text)\" is given twice"
        case .unknownProvince(let text): "\(path): \"\(text)\" is no province"
        case .unknownColumn(let column, let nearest):
            "\(path): the file has no column \"\(column)\""
                + (nearest.isEmpty ? "" : "; nearest: \(nearest.map { "\"\($0)\"" }.joined(separator: ", "))")
        case .ambiguousColumn(let column): "\(path): the file has several columns \"\(column)\""
        case .tooMany(let max): "\(path): more than \(max)"
        case .tooManyRequirements(let max): "\(path): more than \(max) requirements in all editions together"
        case .bridge(let text): "\(path): \(text)"
        }
    }

    package var messageZH: String {
        switch kind {
        case .missing: "\(path)：必填"
        case .severalSources(let names): "\(path)：\(names.joined(separator: "、"))只能给出一个"
        case .unknownFormat(let format, let known):
            "\(path)：不认识“\(format)”，可用：\(known.joined(separator: "、"))"
        case .badDelimiter(let text): "\(path)：“\(text)”不是一个ASCII字符，或是引号、换行"
        case .badTemplate(let flaw): "\(path)：\(flaw.messageZH)"
        case .notADecimal(let text): "\(path)：“\(text)”不是十进制数"
        case .emptyRange(let minimum, let maximum): "\(path)：最小值\(minimum)大于最大值\(maximum)"
        case .rangeWithWords: "\(path)：数值范围不能用于词语"
        case .repeated(let text): "\(path)：“\(text)”重复"
        case .unknownProvince(let text): "\(path)：“\(text)”不是省级行政区"
        case .unknownColumn(let column, let nearest):
            "\(path)：文件没有“\(column)”列"
                + (nearest.isEmpty ? "" : "，相近的有：\(nearest.map { "“\($0)”" }.joined(separator: "、"))")
        case .ambiguousColumn(let column): "\(path)：文件有多个“\(column)”列"
        case .tooMany(let max): "\(path)：超过\(max)项"
        case .tooManyRequirements(let max): "\(path)：各版本的要求合计超过\(max)项"
        case .bridge(let text): "\(path)：\(text)"
        }
    }
}

/// Everything that is wrong with a profile, at once.
package struct ProfileFlaws: Error, Sendable, Hashable {
    /// Never empty.
    package let flaws: [ProfileFlaw]
}

extension TemplateFlaw {
    var messageEN: String {
        switch self {
        case .notClosed(let text): "the place \"{\(text)\" is not closed by }"
        case .notOpened: "a } without {; write }} for the character"
        case .emptyPlaceholder: "a place {} names no column"
        case .unknownPart(let part): "\"|\(part)\" is not known; known: |year"
        case .noColumn: "a template without {Column}; use constant"
        }
    }

    var messageZH: String {
        switch self {
        case .notClosed(let text): "占位“{\(text)”缺少}"
        case .notOpened: "}前没有{；字符}写作}}"
        case .emptyPlaceholder: "占位{}没有列名"
        case .unknownPart(let part): "不认识“|\(part)”，可用：|year"
        case .noColumn: "模板没有{列名}；请改用constant"
        }
    }
}
