import Regulation

/// What a plain record says, as places in a buffer of bytes: the record's own, and behind them what was made
/// of them.
struct PlainRow {
    var enterpriseName = 0..<0
    /// In the table of enterprises.
    var enterprise = 0
    var province: Province?
    /// The printed form.
    var number = 0..<0
    var name = 0..<0
    var category = 0..<0
    var models: [Range<Int>] = []
    /// By place in the profile's list of attributes.
    var attributes: [PlainAttribute.Outcome] = []
    /// Fields of the attributes.
    var attributeFields: [Range<Int>] = []
    var declarationCount = 0
    var declaredOn = PlainDays.Day.unknown
    var abolishedOn: PlainDays.Day?
}

/// Days as a file writes them, each read once.
struct PlainDays {
    struct Day {
        static let unknown = Day(date: .min, text: [])

        let date: CivilDate
        /// As the canonical line has it.
        let text: [UInt8]
    }

    private static let countMax = 16_384
    private static let byteCountMax = 64

    private let format: DayFormat
    private var table = ByteTable<Day>()

    init(_ format: DayFormat) { self.format = format }

    /// Nil for what is no day.
    mutating func day(_ text: UnsafeRawBufferPointer) -> Day? {
        if let place = table.place(of: text) { return table[place] }
        guard text.count <= Self.byteCountMax, let date = format.date(String(decoding: text, as: UTF8.self))
        else { return nil }
        if table.count >= Self.countMax { table.removeAll() }
        let day = Day(date: date, text: Array(date.description.utf8))
        table.insert(text, day)
        return day
    }
}
