/// What generated code needs to read C structs: each copies out of C memory.
public enum MessageReading {
    public static func text(
        _ text: UnsafePointer<CChar>?, _ place: StaticString
    ) throws(MessageError) -> String {
        guard let text, text.pointee != 0 else { return "" }
        guard let copy = String(validatingCString: text) else {
            throw MessageError(.notUTF8, at: place.description)
        }
        return copy
    }

    public static func texts(
        _ texts: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int, _ place: StaticString
    ) throws(MessageError) -> [String] {
        guard let texts, count > 0 else { return [] }
        var copies: [String] = []
        copies.reserveCapacity(count)
        for index in 0..<count { copies.append(try text(texts[index], place)) }
        return copies
    }

    public static func bytes(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
        values(bytes, count)
    }

    @inlinable
    public static func values<Number: BitwiseCopyable>(
        _ numbers: UnsafePointer<Number>?, _ count: Int
    ) -> [Number] {
        guard let numbers, count > 0 else { return [] }
        return Array(UnsafeBufferPointer(start: numbers, count: count))
    }

    @inlinable
    public static func message<Message: WireMessage, CStruct>(
        _ message: UnsafePointer<CStruct>?
    ) throws(MessageError) -> Message? {
        guard let message else { return nil }
        return try Message(cMessage: UnsafeRawPointer(message))
    }

    @inlinable
    public static func messages<Message: WireMessage, CStruct>(
        _ messages: UnsafeMutablePointer<UnsafeMutablePointer<CStruct>?>?, _ count: Int
    ) throws(MessageError) -> [Message] {
        guard let messages, count > 0 else { return [] }
        var copies: [Message] = []
        copies.reserveCapacity(count)
        for index in 0..<count {
            guard let message = messages[index] else { continue }
            copies.append(try Message(cMessage: UnsafeRawPointer(message)))
        }
        return copies
    }
}
