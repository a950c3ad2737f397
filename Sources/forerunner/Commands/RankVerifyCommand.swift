import ArgumentParser
import Contracts
import PublicLog
import RankingService
import Transparency
import Wire

struct RankVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compute a published list again from its inputs, and prove that it is in the public log.",
        discussion: """
            Fetches the scheme, the snapshot of declared standards and who was barred; computes the digests
            of each and of the result; fetches the proof of the list's entry in the ranking log and checks it
            with the log's key; and compares the digests with those in the entry.

            Exit code 0 when all agree, 1 when something does not.

            Example: forerunner rank verify LIST-4X0GV6R4WB --site http://127.0.0.1:8080 --key KEY
            """)

    @Argument(help: "Id of a published ranking list.")
    var list: String

    @Option(help: "Address of the site, which gives out the log.")
    var site = "http://127.0.0.1:8080"

    @Option(help: "Public key of the ranking log, as its operator gives it.")
    var key: String

    @OptionGroup var gateway: GatewayOptions

    func run() async throws {
        try await endingWith {
            let key = try LogVerifyCommand.key(key, "--key")
            let id = list
            let (head, standards) = try await gateway.call { channel throws(RPCStatus) in
                try await Self.inputs(of: id, channel)
            }
            Console.tell("\(standards.count) declared standards, \(head.bars.count) barred enterprises")
            let again: Recomputation
            do {
                again = try Recomputation(head, standards: standards)
            } catch {
                throw Failure(.no, "the inputs of \(id) cannot be computed with: \(error)")
            }
            let facts = try await facts(ofEventAt: head.position, key)
            try compare(again, facts)
            Console.result("\(id)\tok\t\(again.entryCount) entries\t\(HexText.text(again.digests.result))")
        }
    }

    /// A list of millions of standards takes minutes.
    private static let options = CallOptions(timeout: .seconds(600))

    private static func inputs(
        of id: String, _ channel: any RPCChannel
    ) async throws(RPCStatus) -> (RankingAPI.InputsPart, [StandardsAPI.DeclaredStandard]) {
        var head: RankingAPI.InputsPart?
        var standards: [StandardsAPI.DeclaredStandard] = []
        var parts = try await RankingServiceClient(channel).readInputs(.init(listId: id), options: options)
            .makeAsyncIterator()
        while let part = try await parts.next() {
            if head == nil { head = part }
            standards += part.standards
        }
        guard let head else { throw RPCStatus(code: .dataLoss, message: "the inputs of \(id) did not come") }
        return (head, standards)
    }

    /// What the log says of the list, proved.
    private func facts(ofEventAt position: Int64, _ key: NoteKey) async throws(Failure) -> CanonicalJSON {
        let log = try LogAddress("\(site)/log/ranking")
        let bytes: [UInt8]?
        do throws(LogError) {
            bytes = try await log.file("proof/\(position)")
        } catch {
            throw Failure(.unreachable, error.message)
        }
        guard let bytes else { throw Failure(.no, "the log has no entry of event \(position)") }
        do throws(LogProofFlaw) {
            let proof = try LogProof(bytes)
            let entry = proof.extra ?? []
            let checkpoint = try proof.verify(leaf: .leaf(entry), in: key)
            Console.tell("entry \(proof.index) of \(checkpoint.size) in \(checkpoint.origin)")
            guard let facts = (try? CanonicalJSON(entry))?["facts"] else {
                throw .malformed("its entry states no facts")
            }
            return facts
        } catch {
            throw Failure(.no, "the list is not proved to be in the log: \(error)")
        }
    }

    private func compare(_ again: Recomputation, _ facts: CanonicalJSON) throws(Failure) {
        guard facts["list"]?.asText == list else {
            throw Failure(.no, "the entry in the log is of “\(facts["list"]?.asText ?? "")”, not of \(list)")
        }
        let digests = [
            ("scheme", again.digests.scheme), ("snapshot", again.digests.snapshot),
            ("standing", again.digests.standing), ("result", again.digests.result),
        ]
        for (name, digest) in digests {
            let published = facts["\(name)_sha256"]?.asText ?? ""
            let isSame = published == HexText.text(digest)
            Console.tell("\(isSame ? "ok " : "NO ") \(name)\t\(HexText.text(digest))")
            guard isSame else {
                throw Failure(.no, "the \(name) that was published is \(published), not what the inputs give")
            }
        }
    }
}
