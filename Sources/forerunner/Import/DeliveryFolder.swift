import Contracts
import Foundation
import Wire

/// A folder in which files are delivered: what is new in it, and where a file goes when it is done with.
///
/// `done/` gets files that became a snapshot, each with its snapshot as JSON and its rejected rows; `failed/`
/// gets files that never will, each with the reason. A file is moved when everything about it is written, so
/// a crash leaves it where it is found again; sent again it is the same snapshot.
struct DeliveryFolder {
    let path: String
    private let files = FileManager.default

    init(path: String) throws(Failure) {
        self.path = path
        do {
            for folder in ["done", "failed"] {
                try files.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
            }
        } catch {
            throw Failure(
                .badInput, "\(path): folders done and failed cannot be made in it; check its permissions")
        }
    }

    struct Delivery: Hashable {
        let name: String
        let byteCount: UInt64
        let changed: Date
    }

    /// Files that can be deliveries, by name: those of earlier days come first where names have days.
    func waiting() throws(Failure) -> [Delivery] {
        let names: [String]
        do { names = try files.contentsOfDirectory(atPath: path) } catch {
            throw Failure(.badInput, "\(path) cannot be read; check the path and its permissions")
        }
        return names.sorted().compactMap { name in
            guard DeliveryName(name) != nil,
                let attributes = try? files.attributesOfItem(atPath: "\(path)/\(name)"),
                attributes[.type] as? FileAttributeType == .typeRegular,
                let size = attributes[.size] as? NSNumber,
                let changed = attributes[.modificationDate] as? Date
            else { return nil }
            return Delivery(name: name, byteCount: size.uint64Value, changed: changed)
        }
    }

    func reportPath(_ delivery: Delivery) -> String { "\(path)/done/\(delivery.name).rejected.tsv" }

    func finish(_ delivery: Delivery, _ snapshot: RankingAPI.Snapshot) throws(Failure) {
        try write("done/\(delivery.name).snapshot.json", snapshot.jsonText(pretty: true) + "\n")
        try move(delivery, to: "done")
    }

    func fail(_ delivery: Delivery, _ reason: String) throws(Failure) {
        try write("failed/\(delivery.name).reason.txt", reason + "\n")
        try move(delivery, to: "failed")
    }

    private func write(_ name: String, _ text: String) throws(Failure) {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
        } catch {
            throw Failure(.badInput, "\(path)/\(name) cannot be written; check permissions and the disk")
        }
    }

    /// A file of the same name that came before is replaced: the record has what it said.
    private func move(_ delivery: Delivery, to folder: String) throws(Failure) {
        let target = "\(path)/\(folder)/\(delivery.name)"
        do {
            if files.fileExists(atPath: target) { try files.removeItem(atPath: target) }
            try files.moveItem(atPath: "\(path)/\(delivery.name)", toPath: target)
        } catch {
            throw Failure(.badInput, "\(delivery.name) cannot be moved to \(path)/\(folder)")
        }
    }
}
