import Credentials
import Foundation
import Transparency

/// The private keys that tokens of one purpose are signed with: a line for each, the newest last. The newest
/// signs; the others stay, so that what they have signed is still believed.
struct TokenKeyFile {
    /// What the keys of a file sign. Titles, status lists and checkpoints have keys of their own.
    enum Purpose: String, CaseIterable {
        case titles, statuslists
    }

    private static let prefix = "ed25519 "

    let path: String

    init(dataFolder: String, purpose: Purpose) {
        path = dataFolder + "/compliance.\(purpose.rawValue).key"
    }

    /// The keys, oldest first; made at the first start.
    func signers() throws(Failure) -> [TokenSigner] {
        guard let data = FileManager.default.contents(atPath: path) else {
            guard !FileManager.default.fileExists(atPath: path) else {
                throw Failure(.badInput, "\(path) cannot be read; check its permissions")
            }
            try SecretFile.write([(path, Self.freshLine())])
            return try signers()
        }
        var signers: [TokenSigner] = []
        for (index, line) in String(decoding: data, as: UTF8.self).split(separator: "\n").enumerated() {
            guard line.hasPrefix(Self.prefix),
                let seed = Base64.bytes(line.dropFirst(Self.prefix.count), .url),
                let signer = TokenSigner(seed: seed)
            else { throw Failure(.badInput, "\(path), line \(index + 1), is no key; put back the file") }
            signers.append(signer)
        }
        guard !signers.isEmpty else { throw Failure(.badInput, "\(path) has no key; put back the file") }
        return signers
    }

    /// Adds a key, which signs from the next start on.
    func rotate() throws(Failure) -> TokenKey {
        let old = try signers()
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.badInput, "\(path) cannot be read; check its permissions")
        }
        let draft = path + ".new"
        try? FileManager.default.removeItem(atPath: draft)
        try SecretFile.write([(draft, String(decoding: data, as: UTF8.self) + Self.freshLine())])
        guard rename(draft, path) == 0 else {
            throw Failure(.badInput, "\(path) cannot be replaced; check the folder's permissions")
        }
        guard let newest = try signers().last, !old.contains(where: { $0.key == newest.key }) else {
            throw Failure(.badInput, "\(path) has no new key; check the folder's permissions")
        }
        return newest.key
    }

    private static func freshLine() -> String {
        prefix + Base64.text(SecretSeed.drawn(), .url) + "\n"
    }
}
