import Regulation

/// The enterprises of a file, each looked at once. There are some hundred thousand in a national registry, so
/// each takes some seventy bytes here.
struct PlainEnterprises {
    private struct Enterprise {
        /// By the code's region digits.
        let province: Province?
        /// In the register; 0 until a row of it was taken.
        var number: UInt32
    }

    private static let countMax = 500_000

    private let codes: SettledCodes
    /// By the code, or by the name where the file has no codes.
    private var table = ByteTable<Enterprise>()
    /// Codes of all, one behind the other.
    private var codeBytes: [UInt8] = []
    private let hasCodes: Bool

    init(hasCodes: Bool, codes: SettledCodes) {
        self.hasCodes = hasCodes
        self.codes = codes
    }

    /// Where the enterprise stands until the next call; nil for a text that is no code.
    mutating func place(of key: UnsafeRawBufferPointer) -> Int? {
        if let place = table.place(of: key) { return place }
        let text = String(decoding: key, as: UTF8.self)
        guard let code = hasCodes ? try? CreditCode(text) : codes.code(ofName: text) else { return nil }
        if table.count >= Self.countMax {
            table.removeAll()
            codeBytes.removeAll(keepingCapacity: true)
        }
        codeBytes.append(contentsOf: code.text.utf8)
        return table.insert(
            key, Enterprise(province: Province(regionDigits: code.regionDigits), number: 0))
    }

    func province(_ place: Int) -> Province? { table[place].province }

    /// The code's characters.
    func code(_ place: Int) -> ArraySlice<UInt8> {
        codeBytes[(place * CreditCode.characterCount)..<((place + 1) * CreditCode.characterCount)]
    }

    /// The enterprise's number in the register, given out with the first of its rows; nil if what stands here
    /// is no code after all.
    mutating func number(_ place: Int, _ names: RegisterNames, _ batch: inout RegisterBatch) -> Int? {
        if table[place].number > 0 { return Int(table[place].number) }
        guard let code = try? CreditCode(String(decoding: code(place), as: UTF8.self)) else { return nil }
        let number = names.enterprise(code, &batch)
        table[place].number = UInt32(number)
        return number
    }
}
