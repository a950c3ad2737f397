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
        _ = try ImportRequests.profile(of: request)
        guard request.series.utf8.count <= 128 else {
            throw RPCStatus(code: .invalidArgument, message: "series: a name has at most 128 bytes")
        }
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
        let id = request.importId
        let arrived: (request: RankingAPI.StartImportRequest, path: String)
        do throws(RPCStatus) {
            arrived = try await staging.complete(id)
        } catch {
            // Surfaces only if this command was not carried out before: then its file is gone.
            return try await record(request, call, .failure(error))
        }
        let outcome = await runner.run(id) { watch in
            let load = RegisterLoad(
                ledger: desk.ledger, importID: id, request: arrived.request, path: arrived.path,
                watch: watch)
            let outcome: ImportRunner.Outcome
            do throws(RPCStatus) {
                if let known = try await snapshot(of: id, call) {
                    // Sent again, or by somebody else: nothing is loaded twice.
                    outcome = .success(try await record(request, call, .failure(Self.isKnown(known))))
                } else {
                    let loaded = try await load.run()
                    outcome = .success(try await record(request, call, .success((arrived.request, loaded))))
                }
            } catch {
                outcome = .failure(error)
            }
            await settle(id, outcome)
            return outcome
        }
        return try outcome.get()
    }

    package func getImportProgress(
        _ request: RankingAPI.GetImportProgressRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.ImportProgress {
        let (held, total) = try await staging.held(request.importId)
        guard let progress = await runner.watch(request.importId)?.progress else {
            return RankingAPI.ImportProgress(stage: .receiving, bytesHeld: held, byteCount: total)
        }
        return RankingAPI.ImportProgress(
            stage: progress.stage, bytesHeld: held, bytesRead: UInt64(progress.bytes), byteCount: total,
            rows: UInt64(progress.rows))
    }

    /// Throws the file away where nothing more can become of it.
    private func settle(_ id: String, _ outcome: ImportRunner.Outcome) async {
        switch outcome {
        case .success:
            await staging.remove(id)
        case .failure(let status):
            switch status.code {
            case .alreadyExists, .invalidArgument, .dataLoss: await staging.remove(id)
            default: break
            }
        }
    }

    private func snapshot(
        of importID: String, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.Snapshot? {
        try await desk.answer(call) { database in
            try RankingStore(database: database).snapshot(Self.snapshotID(importID))
        }
    }

    private static func snapshotID(_ importID: String) -> String {
        Identifier.derive("SNAPSHOT", from: importID)
    }

    private static func isKnown(_ snapshot: RankingAPI.Snapshot) -> RPCStatus {
        RPCStatus(
            code: .alreadyExists,
            message: "this file with this profile and cut-off is snapshot \(snapshot.id) already")
    }

    private func record(
        _ request: RankingAPI.FinishImportRequest, _ call: CallContext,
        _ loaded: Result<(RankingAPI.StartImportRequest, RegisterLoad.Loaded), RPCStatus>
    ) async throws(RPCStatus) -> RankingAPI.FinishImportResponse {
        try await desk.execute(request, call) { database, command in
            let store = RankingStore(database: database)
            let (begun, load) = try loaded.get()
            let snapshot = RankingAPI.Snapshot(
                id: Self.snapshotID(request.importId), cutoff: begun.cutoff, summary: load.summary,
                importedOn: command.today.description, source: begun.profile?.source ?? "",
                licence: begun.profile?.licence ?? "", kind: load.kind, series: load.series,
                number: UInt32(load.number), previousId: load.previousID, changes: load.changes)
            if let known = try store.snapshot(snapshot.id) { throw Self.isKnown(known) }
            let stream = Stream.snapshot(snapshot.id)
            return Decision(
                [EventDraft(stream, RankingAPI.SnapshotImported(snapshot: snapshot))], seen: [stream: 0],
                bulk: { database in try RegisterStore(database: database).endLoad(load.number) }
            ) { _ in RankingAPI.FinishImportResponse(snapshot: snapshot) }
        }
    }
}
