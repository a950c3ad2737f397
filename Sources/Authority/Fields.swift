import Contracts
package import Regulation
package import Wire

/// Reads typed values from the texts of a request; a bad one is INVALID_ARGUMENT and names its field.
package enum Fields {
    package static func date(_ text: String, _ field: String) throws(RPCStatus) -> CivilDate {
        guard let date = CivilDate(text) else {
            throw RPCStatus(
                code: .invalidArgument, message: "\(field): “\(text)” is no date; write YYYY-MM-DD")
        }
        return date
    }

    package static func creditCode(_ text: String, _ field: String) throws(RPCStatus) -> CreditCode {
        do {
            return try CreditCode(text)
        } catch {
            throw RPCStatus(code: .invalidArgument, message: "\(field): “\(text)”: \(error.messageEN)")
        }
    }

    /// A message field that must be there.
    package static func present<Value>(_ value: Value?, _ field: String) throws(RPCStatus) -> Value {
        guard let value else {
            throw RPCStatus(code: .invalidArgument, message: "\(field) is missing")
        }
        return value
    }

    /// A thing named in the request that must exist.
    package static func found<Value>(_ value: Value?, _ kind: String, _ id: String) throws(RPCStatus) -> Value
    {
        guard let value else {
            throw RPCStatus(code: .notFound, message: "there is no \(kind) “\(id)”")
        }
        return value
    }
}
