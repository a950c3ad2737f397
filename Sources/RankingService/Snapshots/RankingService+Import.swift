import Authority
package import Contracts
import Ledger
import Regulation
import Transparency
package import Wire

// Declared standards come in as one file and become one snapshot (3.2.1).
extension RankingService {
    package func startImport(
        _ request: RankingAPI.StartImportRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.StartImportResponse {
        _ = try PreparedSnapshot.profile(of: request)
        let cutoff = try Fields.date(request.cutoff, "cutoff")
        let today = try desk.today(for: call)
        guard cutoff <= today else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "cutoff: \(cutoff) is in the future; standards are taken as they stood on a past day"
            )
        }
        guard (1...ImportStaging.fileByteCountMax).contains(request.byteCount), request.sha256.count == 32,
            !request.fileName.isEmpty, request.fileName.utf8.count <= 255
        else {
            throw RPCStatus(
                code: .invalidArgument,
                message:
                    "a file has a name, 1 to \(ImportStaging.fileByteCountMax) bytes, and a SHA-256"
            )
        }
        let id = Identifier.derive(
            "IMPORT", from: Actor(call).description, HexText.text(request.serialized()))
        return RankingAPI.StartImportResponse(
            importId: id, nextOffset: try await staging.start(request, id: id))
    }

    package func sendPart(
        _ request: RankingAPI.SendPartRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.SendPartResponse {
        RankingAPI.SendPartResponse(nextOffset: try await staging.take(request))
    }

    package func finishImport(
        _ request: RankingAPI.FinishImportRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.FinishImportResponse {
        // A failure surfaces only if this command was not carried out before: then its file is gone.
        let parsed = await prepare(request.importId)
        do {
            let answer = try await record(request, call, parsed)
            await staging.remove(request.importId)
            return answer
        } catch {
            switch error.code {
            case .alreadyExists, .invalidArgument, .dataLoss:
                // Nothing can become of these bytes.
                await staging.remove(request.importId)
            default:
                break
            }
            throw error
        }
    }

    private func record(
        _ request: RankingAPI.FinishImportRequest, _ call: CallContext,
        _ parsed: Result<(RankingAPI.StartImportRequest, PreparedSnapshot), RPCStatus>
    ) async throws(RPCStatus) -> RankingAPI.FinishImportResponse {
        try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let (begun, prepared) = try parsed.get()
            let snapshot = RankingAPI.Snapshot(
                id: Identifier.derive("SNAPSHOT", from: request.importId), cutoff: begun.cutoff,
                summary: prepared.summary, importedOn: command.today.description,
                source: begun.profile?.source ?? "", licence: begun.profile?.licence ?? "")
            guard try store.snapshot(snapshot.id) == nil else {
                throw RPCStatus(
                    code: .alreadyExists,
                    message: "this file with this profile and cut-off is snapshot \(snapshot.id) already")
            }
            let stream = Stream.snapshot(snapshot.id)
            return Decision(
                [EventDraft(stream, RankingAPI.SnapshotImported(snapshot: snapshot))], seen: [stream: 0],
                bulk: { database in
                    try RankingStore(database: database).insert(
                        prepared.standards, rejected: prepared.rejected, of: snapshot.id)
                }
            ) { _ in RankingAPI.FinishImportResponse(snapshot: snapshot) }
        }
    }

    private func prepare(
        _ id: String
    ) async -> Result<(RankingAPI.StartImportRequest, PreparedSnapshot), RPCStatus> {
        do throws(RPCStatus) {
            let (request, path) = try await staging.complete(id)
            return .success((request, try await PreparedSnapshot.parse(request, path: path)))
        } catch {
            return .failure(error)
        }
    }
}
