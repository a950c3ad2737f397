import Foundation
package import Ledger
package import Transparency

/// A record and the log that was published from it, copied to a folder, with a file that says what is there.
///
/// The log is copied first: so the record is never older than the log beside it, and what is restored may go
/// on. Keys and the mark of what was published are not copied: the first are kept apart, and the second must
/// never be brought back.
package struct RecordBackup: Sendable {
    /// What the file beside a copy says.
    package struct Manifest: Sendable, Hashable {
        package let role: String
        package let head: LedgerHead
        package let digest: [UInt8]
        /// Entries of the log.
        package let logSize: TreeSize
        package let logRoot: MerkleHash
    }

    package let folder: String
    package let role: String

    package init(folder: String, role: String) {
        self.folder = folder
        self.role = role
    }

    package var storePath: String { folder + "/\(role).sqlite" }
    package var logFolder: LogFolder { LogFolder(folder + "/\(role).log") }
    private var manifestPath: String { folder + "/\(role).backup.json" }

    /// Copies the log, then the record by `copy`, then says so.
    package func make(
        log: LogFolder, key: NoteKey, copy: (String) throws -> BackupReceipt
    ) async throws(LogError) -> (Manifest, BackupReceipt) {
        try DurableFile.makeFolder(folder)
        try await LogMirror(folder: logFolder, key: key) { path throws(LogError) in
            try log.file(path)
        }.update()
        let checkpoint = try LogVerification.run(logFolder, signedBy: key).checkpoint
        let receipt: BackupReceipt
        do {
            receipt = try copy(storePath)
        } catch {
            throw LogError(.storage, (error as? LedgerError)?.message ?? "\(error)")
        }
        let manifest = Manifest(
            role: role, head: receipt.head, digest: receipt.digest, logSize: checkpoint.size,
            logRoot: checkpoint.root)
        try DurableFile.write(manifest.json.encoded + [UInt8(ascii: "\n")], to: manifestPath)
        try DurableFile.synchronise(folder)
        return (manifest, receipt)
    }

    /// What the folder says of a role's copy; nil when it has none.
    package func manifest() throws(LogError) -> Manifest? {
        guard let bytes = try DurableFile.read(manifestPath) else { return nil }
        guard let manifest = (try? CanonicalJSON(bytes)).flatMap(Manifest.init), manifest.role == role else {
            throw LogError(.damaged, "\(manifestPath) cannot be read; take another backup")
        }
        return manifest
    }
}

extension RecordBackup.Manifest {
    var json: CanonicalJSON {
        .object([
            "role": .text(role), "chain": .text(HexText.text(head.chain)),
            "sha256": .text(HexText.text(digest)),
            "position": .text("\(head.position)"), "log_size": .text("\(logSize)"),
            "log_root": .text(HexText.text(logRoot.bytes)),
        ])
    }

    init?(_ json: CanonicalJSON) {
        guard let role = json["role"]?.asText, let chain = json["chain"]?.asText.flatMap(HexText.bytes),
            let digest = json["sha256"]?.asText.flatMap(HexText.bytes),
            let position = json["position"]?.asText.flatMap({ Int64($0) }),
            let logSize = json["log_size"]?.asText.flatMap({ TreeSize(decimal: $0) }),
            let logRoot = json["log_root"]?.asText.flatMap(HexText.bytes).flatMap({ MerkleHash($0) })
        else { return nil }
        self.init(
            role: role, head: LedgerHead(position: position, chain: chain), digest: digest, logSize: logSize,
            logRoot: logRoot)
    }
}
