import Foundation

extension StorePath {
    /// The path as an address of SQLite's, with its parameters, such as `mode=ro`.
    static func address(_ path: String, _ parameters: String) throws(LedgerError) -> String {
        guard let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) else {
            throw LedgerError(.store, "the path \(path) cannot be written as an address; rename the folder")
        }
        return "file:\(escaped)?\(parameters)"
    }
}
