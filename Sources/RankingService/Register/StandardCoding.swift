import Regulation

/// One declared standard as the bytes that the register stores.
///
/// In this order: number of the shape; flags; province, as the number that its two digits make, or 0; text of
/// the enterprise's name; the printed form of the number, if it is not its match key; name; number of models
/// and each; day of declaration and perhaps of abolition, in days since 1970; which attributes it has, and
/// their values; which declarations, and their values; breaches of mandatory standards if there are any;
/// what it refers to, if anything, each with its number, what is known of the edition, the edition if it is
/// not the number, and its days; row of the file. Enterprise, match key and category stand in the table's
/// columns.
///
/// A text is twice the number of its bytes and then the bytes, or twice its place in the table of texts plus
/// one. A value begins with its `Kind`.
enum StandardCoding {
    enum Flag {
        static let isSynthetic: UInt8 = 1
        static let isInForce: UInt8 = 2
        static let isSeriesProduced: UInt8 = 4
        static let isWidelyOffered: UInt8 = 8
        static let isAbolished: UInt8 = 16
        static let hasPrintedNumber: UInt8 = 32
        static let hasBreaches: UInt8 = 64
        static let hasReferences: UInt8 = 128
    }

    /// First byte of a value. 0 to 14: a number written with as many digits behind the point and nothing
    /// unusual, its digits following as one whole number. The same plus `written`: the written form follows.
    enum Kind {
        static let written: UInt8 = 16
        /// A word, written as itself; or with its written form behind it.
        static let plainWord: UInt8 = 32
        static let word: UInt8 = 33
        /// The written form follows.
        static let no: UInt8 = 34
        static let yes: UInt8 = 35
        /// Scale and significand of either end, and the written form.
        static let interval: UInt8 = 36
    }

    /// `place` answers where a text stands in the table of texts, or nil if it is to be written out;
    /// `declarations` writes the values of those that the shape is said to have.
    static func write(
        _ standard: DeclaredStandard,
        shape: (
            number: Int, shape: StandardShape, hasAttribute: [Bool], hasDeclaration: [Bool]
        ), to row: inout RowWriter, place: (String) -> Int?, declarations: (inout RowWriter) -> Void
    ) {
        row.write(shape.number)
        row.write(byte: flags(of: standard))
        row.write(byte: standard.province.flatMap { UInt8($0.code) } ?? 0)
        write(standard.enterpriseName, to: &row, place)
        if standard.number.text != standard.number.matchKey { write(out: standard.number.text, to: &row) }
        write(standard.name, to: &row, place)
        row.write(standard.models.count)
        for model in standard.models { write(out: model, to: &row) }
        row.write(signed: Int64(standard.declaredOn.dayNumber))
        if let abolishedOn = standard.abolishedOn { row.write(signed: Int64(abolishedOn.dayNumber)) }
        row.write(bits: shape.hasAttribute)
        for name in shape.shape.attributes {
            if let value = standard.attributes[name] { write(value, to: &row, place) }
        }
        row.write(bits: shape.hasDeclaration)
        declarations(&row)
        if !standard.mandatoryBreaches.isEmpty {
            row.write(standard.mandatoryBreaches.count)
            for breach in standard.mandatoryBreaches { write(breach, to: &row, place) }
        }
        if !standard.references.isEmpty { write(standard.references, to: &row, place) }
        row.write(standard.sourceRow)
    }

    /// What follows a reference's number.
    enum ReferencePart {
        static let edition: UInt8 = 1
        /// The edition is the number.
        static let itself: UInt8 = 2
        static let inForceFrom: UInt8 = 4
        static let inForceUntil: UInt8 = 8
        static let all: UInt8 = 15
    }

    private static func write(
        _ references: [NormativeReference], to row: inout RowWriter, _ place: (String) -> Int?
    ) {
        row.write(references.count)
        for reference in references {
            let isItself = reference.edition == reference.number
            let hasEdition = !isItself && !reference.edition.isEmpty
            write(reference.number, to: &row, place)
            row.write(
                byte: (hasEdition ? ReferencePart.edition : 0) | (isItself ? ReferencePart.itself : 0)
                    | (reference.inForceFrom == nil ? 0 : ReferencePart.inForceFrom)
                    | (reference.inForceUntil == nil ? 0 : ReferencePart.inForceUntil))
            if hasEdition { write(reference.edition, to: &row, place) }
            for day in [reference.inForceFrom, reference.inForceUntil].compactMap(\.self) {
                row.write(signed: Int64(day.dayNumber))
            }
        }
    }

    private static func flags(of standard: DeclaredStandard) -> UInt8 {
        (standard.codeIsSynthetic ? Flag.isSynthetic : 0) | (standard.isInForce ? Flag.isInForce : 0)
            | (standard.isSeriesProduced ? Flag.isSeriesProduced : 0)
            | (standard.isWidelyOffered ? Flag.isWidelyOffered : 0)
            | (standard.abolishedOn != nil ? Flag.isAbolished : 0)
            | (standard.number.text != standard.number.matchKey ? Flag.hasPrintedNumber : 0)
            | (standard.mandatoryBreaches.isEmpty ? 0 : Flag.hasBreaches)
            | (standard.references.isEmpty ? 0 : Flag.hasReferences)
    }

    private static func write(_ text: String, to row: inout RowWriter, _ place: (String) -> Int?) {
        if let place = place(text) { row.write(place << 1 | 1) } else { write(out: text, to: &row) }
    }

    private static func write(out text: String, to row: inout RowWriter) {
        row.write(text.utf8.count << 1)
        row.write(raw: text.utf8)
    }

    /// The digits of a number that is written as `ExactDecimal.text(fractionDigits:)` would: "5.0" is 50 with
    /// one digit behind the point.
    private static func plainDigits(
        _ written: String, of number: ExactDecimal
    ) -> (significand: Int64, scale: UInt8)? {
        let point = written.utf8.firstIndex(of: UInt8(ascii: "."))
        let count = point.map { written.utf8.distance(from: $0, to: written.utf8.endIndex) - 1 } ?? 0
        guard count >= Int(number.scale), count <= Int(ExactDecimal.scaleMax),
            number.text(fractionDigits: count) == written
        else { return nil }
        let significand = number.scaled(to: UInt8(count))
        guard significand.magnitude < 1_000_000_000_000_000_000 else { return nil }
        return (Int64(significand), UInt8(count))
    }

    static func write(_ declaration: Declaration, to row: inout RowWriter, _ place: (String) -> Int?) {
        let written = declaration.written
        switch declaration.value {
        case .number(let number):
            if let digits = plainDigits(written, of: number) {
                row.write(byte: digits.scale)
                row.write(signed: digits.significand)
            } else {
                row.write(byte: number.scale + Kind.written)
                row.write(signed: number.significand)
                write(written, to: &row, place)
            }
        case .word(let word):
            row.write(byte: written == word ? Kind.plainWord : Kind.word)
            write(word, to: &row, place)
            if written != word { write(written, to: &row, place) }
        case .flag(let flag):
            row.write(byte: flag ? Kind.yes : Kind.no)
            write(written, to: &row, place)
        case .interval(let low, let high):
            row.write(byte: Kind.interval)
            for end in [low, high] {
                row.write(byte: end.scale)
                row.write(signed: end.significand)
            }
            write(written, to: &row, place)
        }
    }
}
