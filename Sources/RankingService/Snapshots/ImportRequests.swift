import Authority
import Contracts
import Wire

/// What a request to import asks for, where it leaves something out.
enum ImportRequests {
    static func profile(of request: RankingAPI.StartImportRequest) throws(RPCStatus) -> Profile {
        do {
            let profile = try Profile(try Fields.present(request.profile, "profile"))
            return profile.resolvingReferences(on: try Fields.date(request.cutoff, "cutoff"))
        } catch let status as RPCStatus {
            throw status
        } catch {
            throw RPCStatus(code: .invalidArgument, message: "profile: \(words(error))")
        }
    }

    private static func words(_ error: any Error) -> String {
        guard let flaws = error as? ProfileFlaws else { return "cannot be read" }
        return flaws.flaws.map(\.messageEN).joined(separator: "; ")
    }

    /// Files by one profile are deliveries of one series, unless another is named.
    static func series(of request: RankingAPI.StartImportRequest) -> String {
        request.series.isEmpty ? request.profile?.name ?? "" : request.series
    }

    static func kind(of request: RankingAPI.StartImportRequest) -> RankingAPI.SnapshotKind {
        request.kind == .incremental ? .incremental : .full
    }
}
