import Contracts
import Foundation
import Wire

/// Who a client command speaks as.
enum ClientToken {
    static func metadata(_ token: String?) -> Metadata {
        var metadata = Metadata()
        let token = token ?? ProcessInfo.processInfo.environment["FORERUNNER_TOKEN"]
        // A variable that is set to nothing is a token that is not there.
        if let token, !token.isEmpty { metadata[CallMetadata.authorization] = "Bearer " + token }
        return metadata
    }

    /// For a question about a long list.
    static func options(_ token: String?) -> CallOptions {
        CallOptions(timeout: .seconds(60), metadata: metadata(token))
    }
}
