import ComplianceService
import Foundation
import Ledger
import RankingService
import SchemeService

/// The stores in a data folder: one file an authority.
struct Stores {
    struct Store {
        let role: HostedRole
        let path: String
        let projector: any Projector
    }

    let folder: String

    func path(of role: HostedRole) -> String { folder + "/\(role.rawValue).sqlite" }

    /// The stores that are there; a folder with none is bad input.
    func present() throws(Failure) -> [Store] {
        let stores = HostedRole.allCases.compactMap { role -> Store? in
            guard let projector = Self.projector(of: role) else { return nil }
            let path = path(of: role)
            return FileManager.default.fileExists(atPath: path)
                ? Store(role: role, path: path, projector: projector) : nil
        }
        guard !stores.isEmpty else {
            throw Failure(
                .badInput,
                "there is no store in \(folder); --data names the folder of scheme.sqlite and its kind")
        }
        return stores
    }

    /// Nil for a role that keeps no record.
    static func projector(of role: HostedRole) -> (any Projector)? {
        switch role {
        case .gateway: nil
        case .scheme: SchemeProjections()
        case .ranking: RankingProjections()
        case .compliance: ComplianceProjections()
        }
    }
}
