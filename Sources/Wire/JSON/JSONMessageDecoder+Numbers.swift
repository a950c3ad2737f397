/// Numbers and enums, which JSON may give as text too.
extension JSONMessageDecoder {
    func integer<Integer: FixedWidthInteger>(
        _ node: JSONNode, _ place: JSONPlace, _ expected: String
    ) throws(JSONMappingError) -> Integer {
        let text: String
        switch node.value {
        case .number(let number): text = number
        case .text(let number): text = number
        default: throw unexpected(node, place, expected)
        }
        guard let integer: Integer = JSONNumber.integer(text) else {
            throw error(node.offset, place, "expected \(expected), found \(quoted(node))")
        }
        return integer
    }

    func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ node: JSONNode, _ place: JSONPlace
    ) throws(JSONMappingError) -> Number {
        switch node.value {
        case .text("NaN"): return .nan
        case .text("Infinity"): return .infinity
        case .text("-Infinity"): return -.infinity
        case .number(let text), .text(let text):
            // Number() would also take "inf" and hexadecimal.
            guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
                let number = Number(text), number.isFinite
            else { throw error(node.offset, place, "expected a number, found \(quoted(node))") }
            return number
        default: throw unexpected(node, place, "a number")
        }
    }

    func number(
        _ node: JSONNode, of descriptor: EnumDescriptor, _ place: JSONPlace
    ) throws(JSONMappingError) -> Int32 {
        switch node.value {
        case .text(let name):
            if let number = descriptor.number(named: name) { return number }
        case .number(let text):
            // Numbers without a name are kept, but for null, which goes out as null whatever its number.
            if let number: Int32 = JSONNumber.integer(text), number == 0 || !descriptor.isNullValue {
                return number
            }
        case .null where descriptor.isNullValue: return 0
        default: break
        }
        let names = descriptor.names.joined(separator: ", ")
        throw error(node.offset, place, "expected one of \(names), found \(quoted(node))")
    }
}
