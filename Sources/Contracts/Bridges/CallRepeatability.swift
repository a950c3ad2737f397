public import Wire

extension AccessTable {
    /// Whether a call may be repeated, as the method options say: a read always, a command when it carries a
    /// request id, for then its repeat gets the first answer. A method without a row never.
    @Sendable public static func repeatability(
        service: String, method: String, metadata: Metadata
    ) -> Repeatability {
        switch policies["/\(service)/\(method)"]?.effect {
        case .read: .always
        case .command: metadata[CallMetadata.requestID]?.isEmpty == false ? .afterFailure : .never
        case .unspecified, .unrecognized, nil: .never
        }
    }
}
