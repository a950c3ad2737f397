/// The spellings of a field's name; both are ASCII.
enum FieldName {
    /// "sheet_number" gives "sheetNumber".
    static func lowerCamel(_ snake: String) -> String {
        var name: [UInt8] = []
        name.reserveCapacity(snake.utf8.count)
        var upperNext = false
        for byte in snake.utf8 {
            guard byte != UInt8(ascii: "_") else {
                upperNext = true
                continue
            }
            let isLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
            name.append(upperNext && isLower ? byte - 32 : byte)
            upperNext = false
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// "sheet_number" gives "SheetNumber", as protoc names the entries of a map: digits end no word.
    static func upperCamel(_ snake: String) -> String {
        lowerCamel("_" + snake)
    }

    /// "sheetNumber" gives "sheet_number".
    static func snake(_ lowerCamel: String) -> String {
        var name: [UInt8] = []
        name.reserveCapacity(lowerCamel.utf8.count + 4)
        for byte in lowerCamel.utf8 {
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            if isUpper { name.append(UInt8(ascii: "_")) }
            name.append(isUpper ? byte + 32 : byte)
        }
        return String(decoding: name, as: UTF8.self)
    }
}
