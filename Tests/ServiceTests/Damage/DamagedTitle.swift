import Credentials
import Testing
import Transparency

/// A title with its status list and its proof, of which one bit is changed.
struct DamagedTitle {
    private let stage = CredentialStage()
    private let title: [UInt8]
    private let list: [UInt8]
    private let proof: [UInt8]
    private let sound: TitleVerdict

    init() throws {
        let credential = try stage.title()
        title = Array(credential.text.utf8)
        list = Array(try stage.list(ended: [94_566, 94_568]).text.utf8)
        proof = try stage.proof(of: credential.digest).encoded
        sound = Self.verdict(stage, title, list, proof)
        #expect(sound.conclusion == .valid)
    }

    func flip(_ place: FlippedBit.Place, _ draw: (Int) -> Int) -> FlippedBit {
        var (title, list, proof) = (title, list, proof)
        let (byte, bit): (Int, Int)
        switch place {
        case .title: (byte, bit) = Self.flip(&title, draw)
        case .statusList: (byte, bit) = Self.flip(&list, draw)
        default: (byte, bit) = Self.flip(&proof, draw)
        }
        let verdict = Self.verdict(stage, title, list, proof)
        return FlippedBit(place: place, file: "", byte: byte, bit: bit, outcome: judge(verdict))
    }

    private func judge(_ verdict: TitleVerdict) -> FlippedBit.Outcome {
        guard verdict.conclusion == .valid else { return .found("\(verdict.conclusion.rawValue)") }
        return verdict == sound ? .harmless : .accepted("\(verdict)")
    }

    private static func flip(_ bytes: inout [UInt8], _ draw: (Int) -> Int) -> (Int, Int) {
        let (byte, bit) = (draw(bytes.count), draw(8))
        bytes = FlippedBit.flipped(bytes, byte: byte, bit: bit)
        return (byte, bit)
    }

    private static func verdict(
        _ stage: CredentialStage, _ title: [UInt8], _ list: [UInt8], _ proof: [UInt8]
    ) -> TitleVerdict {
        TitleVerification(trust: stage.trust, at: stage.now).verify(
            title: String(decoding: title, as: UTF8.self), status: String(decoding: list, as: UTF8.self),
            proof: proof)
    }
}
