package import Contracts
import Regulation

/// The institutions and experts of the demonstration year.
///
/// All of them are invented and marked 演示; their credit codes are synthetic, formally valid and nobody's.
package enum Cast {
    package static let authority = institution("市场监督管理总局（演示）", region: "110108")
    package static let workAgency = institution("标准化研究院工作机构（演示）", region: "110108")
    package static let committee = institution("企业标准领跑者专家委员会（演示）", region: "110108")
    package static let agency = institution("照明电器检测评估中心（演示）", region: "310104")
    package static let hastyAgency = institution("速评咨询有限公司（演示）", region: "440305")

    /// Roles that sign in at the gateway, with the institution each stands for.
    package static let offices: [(office: Office, role: CommonAPI.Role, institution: CommonAPI.Institution)] =
        [
            (.authority, .authority, authority),
            (.workAgency, .workAgency, workAgency),
            (.committee, .committee, committee),
            (.agency, .evaluationAgency, agency),
            (.hastyAgency, .evaluationAgency, hastyAgency),
        ]

    /// Seven experts: five who can judge, one from the drafting agency, one of another field.
    package static let experts: [SchemeAPI.Expert] = [
        expert("E01", "甲一", "华东电光源协会（演示）", .industryAssociation),
        expert("E02", "乙二", "照明工程大学（演示）", .university),
        expert("E03", "丙三", "电工标准化研究所（演示）", .standardsBody),
        expert("E04", "丁四", "国家电光源质检站（演示）", .testingBody),
        expert("E05", "戊五", "消费者协会（演示）", .consumer),
        expert("E06", "己六", "绿色照明企业联盟（演示）", .enterprise),
        SchemeAPI.Expert(
            id: "E07", name: "庚七", employer: agency, representation: .testingBody,
            keyFields: [Plan.keyField]),
    ]

    /// The five who sit on the panels.
    package static let panel = ["E01", "E02", "E03", "E04", "E05"]
    package static let conflicted = "E07"

    private static func expert(
        _ id: String, _ name: String, _ employer: String, _ representation: SchemeAPI.Representation
    ) -> SchemeAPI.Expert {
        SchemeAPI.Expert(
            id: id, name: name, employer: institution(employer, region: "320102"),
            representation: representation, keyFields: [Plan.keyField])
    }

    package static func institution(_ name: String, region: String) -> CommonAPI.Institution {
        let code = CreditCode.synthesised(region: region, seed: Array(name.utf8))
        return CommonAPI.Institution(creditCode: code.text, name: name)
    }
}

/// Who acts in the year.
package enum Office: String, Sendable, CaseIterable {
    case authority, workAgency, committee, agency, hastyAgency, everybody
}
