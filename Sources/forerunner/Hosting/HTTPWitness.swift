import Foundation
import PublicLog
import Transparency

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A witness behind HTTP (C2SP tlog-witness, "add-checkpoint").
struct HTTPWitness: WitnessCaller {
    /// Longer than a checkpoint waits, which cancels the call then: a bound for a witness that trickles.
    private static let answerSeconds = 5.0
    /// A hundred signature lines have less.
    private static let answerByteCountMax = 1 << 16

    let key: NoteKey
    let url: URL

    func ask(_ request: WitnessRequest) async -> WitnessAnswer {
        var message = URLRequest(
            url: url.appendingPathComponent("add-checkpoint"), timeoutInterval: Self.answerSeconds)
        message.httpMethod = "POST"
        message.setValue("text/plain; charset=utf-8", forHTTPHeaderField: "Content-Type")
        message.httpBody = Data(request.encoded)
        do {
            let (body, response) = try await URLSession.shared.data(for: message)
            guard let answer = response as? HTTPURLResponse, body.count <= Self.answerByteCountMax else {
                return .absent("its answer is too long")
            }
            return Self.read(answer, Array(body))
        } catch {
            return .absent("\(url) could not be asked: \(error.localizedDescription)")
        }
    }

    private static func read(_ answer: HTTPURLResponse, _ body: [UInt8]) -> WitnessAnswer {
        switch answer.statusCode {
        case 200:
            do throws(NoteError) {
                return .signed(try SignedNote.signatures(in: body))
            } catch {
                return .absent("\(error)")
            }
        case 409:
            let text = String(decoding: body, as: UTF8.self)
            guard text.hasSuffix("\n"), let latest = TreeSize(decimal: text.dropLast()) else {
                return .absent("it does not say what it saw last")
            }
            return .conflict(latest: latest)
        case 422:
            return .inconsistent
        default:
            return .absent("it answers with \(answer.statusCode)")
        }
    }
}
