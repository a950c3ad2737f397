import Wire

/// Random JSON for a message, in all the forms that a reader has to take; the same seed gives the same text.
struct RandomJSON {
    var random: SeededBytes
    /// How deep messages may still nest.
    private var depth = 3
    private var writer = JSONWriter()
    /// Leaves out what only we read: null as an element of a list of NullValue.
    private let isPortable: Bool

    init(seed: UInt64, isPortable: Bool = true) {
        random = SeededBytes(seed: seed)
        self.isPortable = isPortable
    }

    mutating func text(_ descriptor: MessageDescriptor) -> String {
        writer = JSONWriter(pretty: chance(4))
        message(descriptor)
        return writer.text
    }

    // MARK: Chance

    private mutating func chance(_ count: UInt64) -> Bool { random.next() % count == 0 }

    private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    private mutating func one<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    // MARK: Messages

    private mutating func message(_ descriptor: MessageDescriptor) {
        if wellKnown(descriptor) { return }
        writer.beginObject()
        fields(descriptor)
        writer.endObject()
    }

    private mutating func fields(_ descriptor: MessageDescriptor) {
        depth -= 1
        defer { depth += 1 }
        let choices = descriptor.fields.filter(\.isInOneof).map(\.number)
        let chosen = choices.isEmpty ? nil : one(choices)
        for field in descriptor.fields where !field.isInOneof || field.number == chosen {
            if case .message = field.kind, depth < 0 { continue }
            guard !chance(3), !isPortable || field.name != "nulls" else { continue }
            writer.name(chance(2) ? field.name : field.jsonName)
            if case .message(let entry) = field.kind, field.isRepeated, isEntry(entry, of: descriptor) {
                map(entry)
            } else if field.isRepeated {
                writer.beginArray()
                for _ in 0..<below(4) { value(field, isElement: true) }
                writer.endArray()
            } else {
                value(field, isElement: field.isInOneof)
            }
        }
    }

    private func isEntry(_ entry: MessageDescriptor, of descriptor: MessageDescriptor) -> Bool {
        entry.fullName.hasPrefix(descriptor.fullName + ".") && entry.fullName.hasSuffix("Entry")
    }

    private mutating func map(_ entry: MessageDescriptor) {
        writer.beginObject()
        var keys: Set<[UInt8]> = []
        for _ in 0..<below(4) {
            let key = mapKey(entry.fields[0].kind)
            guard keys.insert(Array(key.utf8)).inserted else { continue }
            writer.name(key)
            // A value equal to its default is left out by protobuf-c, and negative zero with it.
            value(entry.fields[1], isElement: false)
        }
        writer.endObject()
    }

    private mutating func mapKey(_ kind: FieldKind) -> String {
        switch kind {
        case .int32: String(integer(Int32.self))
        case .int64: String(integer(Int64.self))
        case .uint32: String(integer(UInt32.self))
        case .uint64: String(integer(UInt64.self))
        case .bool: chance(2) ? "true" : "false"
        default: text()
        }
    }

    private mutating func value(_ field: FieldDescriptor, isElement: Bool) {
        switch field.kind {
        case .int32: number(integer(Int32.self))
        case .int64: number(integer(Int64.self))
        case .uint32: number(integer(UInt32.self))
        case .uint64: number(integer(UInt64.self))
        case .float: floating(Float(bitPattern: UInt32(truncatingIfNeeded: random.next())), isElement)
        case .double: floating(Double(bitPattern: random.next()), isElement)
        case .bool: writer.bool(chance(2))
        case .text: writer.text(text())
        case .bytes: writer.text(Base64.encode((0..<below(9)).map { _ in UInt8(below(256)) }))
        case .enumeration(let descriptor):
            if descriptor.fullName == "google.protobuf.NullValue" {
                writer.text("NULL_VALUE")
            } else if chance(4) {
                writer.number(integer(Int32.self))
            } else {
                writer.text(one(descriptor.names))
            }
        case .message(let nested): message(nested)
        }
    }

    // MARK: Values

    private mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer {
        let edges: [Integer] = [.min, .max, 0, 1, .max / 2, 100]
        return chance(2) ? one(edges) : Integer(truncatingIfNeeded: random.next() >> (random.next() % 64))
    }

    private mutating func number(_ integer: some FixedWidthInteger) {
        switch below(4) {
        case 0: writer.text(String(integer))
        case 1 where integer.magnitude < 1 << 50: writer.number("\(integer).0")
        case 2 where integer != 0 && integer.magnitude < 1 << 50: writer.number("\(integer)0e-1")
        default: writer.number(integer)
        }
    }

    /// Negative zero only where protobuf-c can keep it, and with a point: Python takes "-0" for the integer.
    private mutating func floating(
        _ random: some BinaryFloatingPoint & LosslessStringConvertible, _ isElement: Bool
    ) {
        switch below(6) {
        case 0: writer.text(one(["NaN", "Infinity", "-Infinity"]))
        case 1: writer.number(one(["0", "1", "-2.5", "1e10", "0.1"] + (isElement ? ["-0.0"] : [])))
        default:
            let isPlain = random.isFinite && (random != 0 || isElement)
            writer.number(isPlain ? random.description : "1.5")
        }
    }

    private mutating func text() -> String {
        let parts = [
            "a", "", "领跑者", "é", "e\u{301}", "🏆", "\"", "\\", "\n\t\u{1}", "/", "\u{2028}", "\u{7F}", " ",
        ]
        return (0..<below(4)).map { _ in one(parts) }.joined()
    }

    // MARK: Well-known types

    /// Writes one of them in its own form; false for other messages.
    private mutating func wellKnown(_ descriptor: MessageDescriptor) -> Bool {
        switch descriptor.fullName {
        case "google.protobuf.Timestamp": writer.text(timestamp())
        case "google.protobuf.Duration": writer.text(duration())
        case "google.protobuf.FieldMask":
            writer.text(
                (0..<below(3)).map { _ in one(["a", "keyField.code", "aB.c1"]) }.joined(separator: ","))
        case "google.protobuf.Struct": structure()
        case "google.protobuf.Value": anyValue()
        case "google.protobuf.ListValue": list()
        case "google.protobuf.Any": any()
        case let name where name.hasPrefix("google.protobuf.") && name.hasSuffix("Value"):
            value(descriptor.fields[0], isElement: false)
        default: return false
        }
        return true
    }

    private mutating func digits(_ number: Int, _ count: Int) -> String {
        String(repeating: "0", count: max(0, count - String(number).count)) + String(number)
    }

    private mutating func fraction() -> String {
        chance(2) ? "" : "." + digits(below(1_000_000_000), 9).prefix(1 + below(9))
    }

    private mutating func timestamp() -> String {
        let date = "\(digits(2 + below(9997), 4))-\(digits(1 + below(12), 2))-\(digits(1 + below(28), 2))"
        let time = "\(digits(below(24), 2)):\(digits(below(60), 2)):\(digits(below(60), 2))"
        return date + "T" + time + fraction() + one(["Z", "+08:00", "-11:30", "+00:00"])
    }

    private mutating func duration() -> String {
        one(["", "-"]) + String(below(one([10, 315_576_000_000]))) + fraction() + "s"
    }

    private mutating func structure() {
        depth -= 1
        writer.beginObject()
        for index in 0..<below(3) {
            writer.name("\(index)" + text())
            anyValue()
        }
        writer.endObject()
        depth += 1
    }

    private mutating func list() {
        depth -= 1
        writer.beginArray()
        for _ in 0..<below(3) { anyValue() }
        writer.endArray()
        depth += 1
    }

    private mutating func anyValue() {
        switch below(depth > 0 ? 6 : 4) {
        case 0: writer.null()
        case 1: writer.bool(chance(2))
        case 2: writer.text(text())
        case 3: writer.number(one(["0", "-0.0", "1.5", "-7e-5", "1e300", "12345678901234567890"]))
        case 4: structure()
        default: list()
        }
    }

    private mutating func any() {
        writer.beginObject()
        defer { writer.endObject() }
        guard !chance(5) else { return }
        writer.name("@type")
        switch below(3) {
        case 0:
            writer.text("type.googleapis.com/google.protobuf.Timestamp")
            writer.name("value")
            writer.text(timestamp())
        case 1:
            writer.text("type.googleapis.com/google.protobuf.Value")
            writer.name("value")
            anyValue()
        default:
            let message = one([TestMessages.scalars, TestMessages.choices, TestMessages.maps])
            writer.text("type.googleapis.com/" + message.fullName)
            fields(message)
        }
    }
}
