/// 单位性质, the six kinds of the form.
package enum Ownership: String, Sendable, Hashable, CaseIterable {
    case state, collective, `private`, jointVenture, hongKongMacaoTaiwan, foreign

    package var term: String {
        switch self {
        case .state: "内资（国有）"
        case .collective: "内资（集体）"
        case .private: "内资（民营）"
        case .jointVenture: "中外合资"
        case .hongKongMacaoTaiwan: "港澳台"
        case .foreign: "外商独资"
        }
    }
}

/// The seventeen fields of 基本情况, as written on the form.
package enum AgencyProfileField: String, Sendable, Hashable, CaseIterable {
    case name, address, ownership, creditCode, postcode, registrar, registeredCapital, foundedOn
    case validUntil, legalRepresentative, legalRepresentativePhone, department, contact, phone, fax
    case mobile, email

    package var term: String {
        switch self {
        case .name: "机构名称"
        case .address: "通讯地址"
        case .ownership: "单位性质"
        case .creditCode: "统一社会信用代码"
        case .postcode: "邮编"
        case .registrar: "注册机关"
        case .registeredCapital: "注册资本"
        case .foundedOn: "成立日期"
        case .validUntil: "有效期"
        case .legalRepresentative: "法定代表人"
        case .legalRepresentativePhone: "法人代表联系电话"
        case .department: "联系部门"
        case .contact: "联系人"
        case .phone: "联系电话"
        case .fax: "传真"
        case .mobile: "手机"
        case .email: "电子邮箱"
        }
    }

    /// Path of the field in an application.
    package var path: String {
        switch self {
        case .name, .creditCode: "agency.institution.\(rawValue)"
        case .address, .ownership, .postcode, .registrar, .registeredCapital, .foundedOn, .validUntil,
            .legalRepresentative, .legalRepresentativePhone, .department, .contact, .phone, .fax, .mobile,
            .email:
            "agency.\(rawValue)"
        }
    }
}

/// The profile of an institution that applies: every field of 基本情况 is filled in, and those with a form have
/// it.
///
/// Regulation A1 one (基本情况). The case maps fields to what is written; a field without text counts as left
/// out.
package struct AgencyProfileRule: Rule {
    package static let citation = Citation("A1", term: "基本情况")
    package static let postcodeDigitCount = 6
    /// What the form says for a registration without an end.
    package static let unlimited = "长期"

    package init() {}

    package func findings(in profile: [AgencyProfileField: String]) -> [Finding] {
        AgencyProfileField.allCases.compactMap { field in
            let text = profile[field] ?? ""
            if text.isUnstated {
                return Finding(
                    Self.citation, code: "PROFILE_FIELD_MISSING", subject: field.path,
                    zh: "未填写\(field.term)", en: "\(field.rawValue) is not filled in")
            }
            return Self.isWellFormed(text, as: field)
                ? nil
                : Finding(
                    Self.citation, code: "PROFILE_FIELD_MALFORMED", subject: field.path,
                    zh: "\(field.term)填写有误：\(field.hint.zh)", en: "\(field.rawValue): \(field.hint.en)")
        }
    }

    private static func isWellFormed(_ text: String, as field: AgencyProfileField) -> Bool {
        switch field {
        case .creditCode:
            (try? CreditCode(text)) != nil
        case .postcode:
            text.utf8.count == postcodeDigitCount && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        case .ownership:
            Ownership(rawValue: text) != nil
        case .registeredCapital:
            ExactDecimal(text).map { $0 >= .zero } ?? false
        case .foundedOn:
            CivilDate(text) != nil
        case .validUntil:
            text == unlimited || CivilDate(text) != nil
        case .email:
            text.split(separator: "@", omittingEmptySubsequences: false).count == 2
                && !text.hasPrefix("@") && !text.hasSuffix("@")
        case .name, .address, .registrar, .legalRepresentative, .legalRepresentativePhone, .department,
            .contact,
            .phone, .fax, .mobile:
            true
        }
    }
}

extension AgencyProfileField {
    /// What a field with a form looks like.
    fileprivate var hint: (zh: String, en: String) {
        switch self {
        case .creditCode: ("应为有效的18位代码", "a valid code of 18 characters is expected")
        case .postcode: ("应为6位数字", "six digits are expected")
        case .ownership: ("应为表中六类之一", "one of the six kinds of the form is expected")
        case .registeredCapital: ("应为以万元为单位的数", "a number of ten thousand yuan is expected")
        case .foundedOn: ("应为日期", "a date is expected")
        case .validUntil: ("应为日期或“长期”", "a date or \(AgencyProfileRule.unlimited) is expected")
        case .email: ("应为电子邮箱地址", "an e-mail address is expected")
        case .name, .address, .registrar, .legalRepresentative, .legalRepresentativePhone, .department,
            .contact,
            .phone, .fax, .mobile:
            ("应填写", "a text is expected")
        }
    }
}
