/// The applicant's statement of its standing in the industry has at most a thousand characters.
///
/// Regulation A1 two (机构行业权威性简述, 限1000字). Counted as word processors count 字数 in Chinese text: every
/// Chinese character and every punctuation mark is one, a run of Latin letters and digits is one, white
/// space is none.
package struct AuthorityStatementRule: Rule {
    package static let citation = Citation("A1", term: "机构行业权威性简述")
    package static let characterCountMax = 1000

    package init() {}

    package static func characterCount(of text: String) -> Int {
        var count = 0
        var isInWord = false
        for character in text {
            let isWordPart = character.utf8.count <= 2 && (character.isLetter || character.isNumber)
            if isWordPart {
                if !isInWord { count += 1 }
            } else if !character.isWhitespace {
                count += 1
            }
            isInWord = isWordPart
        }
        return count
    }

    package func findings(in statement: String) -> [Finding] {
        if statement.isUnstated {
            return [
                Finding(
                    Self.citation, code: "AUTHORITY_STATEMENT_MISSING", subject: "authorityStatement",
                    zh: "未填写机构行业权威性简述", en: "the statement of the institution's standing is missing")
            ]
        }
        let count = Self.characterCount(of: statement)
        guard count > Self.characterCountMax else { return [] }
        return [
            Finding(
                Self.citation, code: "AUTHORITY_STATEMENT_TOO_LONG", subject: "authorityStatement",
                zh: "简述\(count)字，限\(Self.characterCountMax)字",
                en: "the statement has \(count) characters; at most \(Self.characterCountMax) are allowed")
        ]
    }
}
