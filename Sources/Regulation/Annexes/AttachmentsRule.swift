/// The files of A1 four.
package enum AttachmentKind: String, Sendable, Hashable, CaseIterable {
    case legalPersonCertificate, businessLicence, standardsDrafted, staffQualifications, pastEvaluations

    package var term: String {
        switch self {
        case .legalPersonCertificate: "法人证书"
        case .businessLicence: "营业执照"
        case .standardsDrafted: "牵头或参与制定的标准清单及证明材料"
        case .staffQualifications: "评估人员职称等证明材料"
        case .pastEvaluations: "参与标准评估项目的证明材料"
        }
    }
}

/// A file handed in with an application.
package struct ApplicationAttachment: Sendable, Hashable {
    /// nil when the form leaves it open.
    package var kind: AttachmentKind?
    package var fileName: String
    /// SHA-256 in lower-case hex.
    package var sha256: String

    package init(kind: AttachmentKind?, fileName: String, sha256: String) {
        self.kind = kind
        self.fileName = fileName
        self.sha256 = sha256
    }
}

/// The four kinds of supporting material are attached.
///
/// Regulation A1 four (相关附件材料). The first item names certificate and licence; an institution has one or the
/// other, so either is accepted.
package struct AttachmentsRule: Rule {
    package static let citation = Citation("A1", term: "相关附件材料")
    /// Each item is satisfied by any one of its kinds.
    package static let items: [[AttachmentKind]] = [
        [.legalPersonCertificate, .businessLicence], [.standardsDrafted], [.staffQualifications],
        [.pastEvaluations],
    ]

    package init() {}

    package func findings(in attachments: [ApplicationAttachment]) -> [Finding] {
        var findings: [Finding] = []
        let present = Set(attachments.compactMap(\.kind))
        for item in Self.items where present.isDisjoint(with: item) {
            findings.append(
                Finding(
                    Self.citation, code: "ATTACHMENT_MISSING",
                    subject: "attachments.\(item.map(\.rawValue).joined(separator: "|"))",
                    zh: "缺少\(item.map(\.term).joined(separator: "或"))",
                    en: "missing: \(item.map(\.rawValue).joined(separator: " or "))"))
        }
        for (index, attachment) in attachments.enumerated() {
            if attachment.kind == nil {
                findings.append(
                    Finding(
                        Self.citation, code: "ATTACHMENT_KIND_MISSING", subject: "attachments[\(index)].kind",
                        zh: "附件未注明种类", en: "the attachment's kind is not stated"))
            }
            if attachment.fileName.isUnstated {
                findings.append(
                    Finding(
                        Self.citation, code: "ATTACHMENT_NAME_MISSING",
                        subject: "attachments[\(index)].fileName", zh: "附件没有文件名",
                        en: "the attachment has no file name"))
            }
            if !FileDigest.isWellFormed(attachment.sha256) {
                findings.append(
                    Finding(
                        Self.citation, code: "ATTACHMENT_DIGEST_MALFORMED",
                        subject: "attachments[\(index)].sha256",
                        zh: "附件摘要应为64位小写十六进制数",
                        en: "the attachment's digest is not 64 lower-case hex digits"))
            }
        }
        return findings
    }
}
