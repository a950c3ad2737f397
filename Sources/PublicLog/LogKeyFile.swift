import Foundation
import Ledger
package import Transparency

/// A private key in a file that only its owner may read, in the form that Go's note package reads and writes.
package enum LogKeyFile {
    /// The key, or nil when there is no file.
    package static func read(_ path: String) throws(LogError) -> LogSigner? {
        guard let bytes = try DurableFile.read(path) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self),
            let signer = LogSigner(text.hasSuffix("\n") ? text.dropLast() : text[...])
        else {
            throw LogError(.unusable, "\(path) is no key of a log; put back the one that was there")
        }
        return signer
    }

    /// Writes a new key; refused when there is a file.
    package static func create(_ path: String, _ signer: LogSigner) throws(LogError) {
        guard StorePath.byteCount(path) == nil else {
            throw LogError(.unusable, "\(path) exists; a log's key is not replaced")
        }
        try DurableFile.write(Array((signer.secretText + "\n").utf8), to: path, mode: 0o600)
        try DurableFile.synchronise(StorePath.folder(of: path))
    }
}
