import Regulation

/// Makes rows of the register straight from the bytes of plain records: no value is made of a field, and
/// nothing allocated for a row.
///
/// A row is the same, to the byte, as `RegisterEncoder` makes of what `RowReader` reads; the tests hold the
/// two against each other.
struct PlainRowEncoder {
    private var reader: PlainRowReader
    private let names: RegisterNames
    private let shape: StandardShape
    private var shapeNumber: Int?
    private let isSynthetic: Bool
    private let flags: UInt8
    /// Places in the profile's list of attributes, by name: the order of the canonical line and of the shape.
    private let attributeOrder: [Int]
    private let tail: [UInt8]
    private let origin: [UInt8]
    private var hasAttribute: [Bool] = []
    private var line: [UInt8] = []
    private var writer = RowWriter()

    /// Nil for a profile with which no record is plain.
    init?(_ profile: Profile, _ bound: BoundProfile, names: RegisterNames, codes: SettledCodes) {
        guard let reader = PlainRowReader(profile, bound, codes: codes) else { return nil }
        self.reader = reader
        self.names = names
        shape = StandardShape(profile)
        isSynthetic = profile.creditCode == nil
        flags =
            (isSynthetic ? StandardCoding.Flag.isSynthetic : 0) | StandardCoding.Flag.isInForce
            | (profile.isSeriesProduced ? StandardCoding.Flag.isSeriesProduced : 0)
            | (profile.isWidelyOffered ? StandardCoding.Flag.isWidelyOffered : 0)
        attributeOrder = profile.attributes.indices.sorted {
            ByteOrder.compare(profile.attributes[$0].name, profile.attributes[$1].name) < 0
        }
        func yes(_ flag: Bool) -> String { flag ? "yes" : "no" }
        origin = Array((isSynthetic ? "\tsynthetic\t" : "\tregistered\t").utf8)
        // In force; how it is made and offered.
        tail = Array("\tyes\t\(yes(profile.isSeriesProduced))\t\(yes(profile.isWidelyOffered))\t".utf8)
    }

    enum Outcome {
        case row(enterprise: Int, models: UInt64)
        case notPlain
        case tooManyCategories
    }

    mutating func append(_ record: FieldRecord, to batch: inout RegisterBatch) -> Outcome {
        guard reader.read(record) else { return .notPlain }
        return reader.texts.bytes.withUnsafeBytes { bytes in write(record.row, bytes, &batch) }
    }

    private mutating func write(
        _ fileRow: Int, _ bytes: UnsafeRawBufferPointer, _ batch: inout RegisterBatch
    ) -> Outcome {
        let row = reader.row
        guard let enterprise = reader.enterprises.number(row.enterprise, names, &batch) else {
            return .notPlain
        }
        guard let id = names.place(in: Self.part(row.category, of: bytes), &batch) else {
            return .tooManyCategories
        }
        let start = batch.bytes.count
        let number = Self.part(row.number, of: bytes)
        for byte in number where byte != UInt8(ascii: " ") { batch.bytes.append(byte) }
        let middle = batch.bytes.count
        let hasBlank = middle - start < number.count
        writePayload(row, bytes, hasBlank: hasBlank, fileRow, &batch)
        batch.bytes.append(contentsOf: writer.bytes)
        writeLine(row, bytes)
        batch.rows.append(
            RegisterBatch.Row(
                id: id, enterprise: enterprise, digest: StandardDigest(ofCanonicalLine: line),
                number: start..<middle, payload: middle..<batch.bytes.count, row: fileRow))
        var mark = ModelsMark(enterprise: enterprise)
        for model in row.models { mark.add(Self.part(model, of: bytes)) }
        return .row(enterprise: enterprise, models: mark.value)
    }

    @inline(__always)
    private static func part(
        _ range: Range<Int>, of bytes: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range])
    }

    // MARK: Stored row

    private mutating func writePayload(
        _ row: PlainRow, _ bytes: UnsafeRawBufferPointer, hasBlank: Bool, _ fileRow: Int,
        _ batch: inout RegisterBatch
    ) {
        let shapeNumber = shapeNumber ?? names.shape(shape, &batch)
        self.shapeNumber = shapeNumber
        writer.removeAll()
        writer.write(shapeNumber)
        writer.write(
            byte: flags | (row.abolishedOn != nil ? StandardCoding.Flag.isAbolished : 0)
                | (hasBlank ? StandardCoding.Flag.hasPrintedNumber : 0))
        writer.write(byte: row.province.flatMap { UInt8($0.code) } ?? 0)
        write(text: Self.part(row.enterpriseName, of: bytes), &batch)
        if hasBlank { write(out: Self.part(row.number, of: bytes)) }
        write(text: Self.part(row.name, of: bytes), &batch)
        writer.write(row.models.count)
        for model in row.models { write(out: Self.part(model, of: bytes)) }
        writer.write(signed: Int64(row.declaredOn.date.dayNumber))
        if let abolishedOn = row.abolishedOn { writer.write(signed: Int64(abolishedOn.date.dayNumber)) }
        writeAttributes(row, bytes, &batch)
        writer.write(bits: reader.hasDeclaration)
        writer.write(raw: reader.stored.bytes)
        writer.write(fileRow)
    }

    private mutating func writeAttributes(
        _ row: PlainRow, _ bytes: UnsafeRawBufferPointer, _ batch: inout RegisterBatch
    ) {
        hasAttribute.removeAll(keepingCapacity: true)
        for place in attributeOrder {
            if case .none = row.attributes[place] {
                hasAttribute.append(false)
            } else {
                hasAttribute.append(true)
            }
        }
        writer.write(bits: hasAttribute)
        for place in attributeOrder {
            switch row.attributes[place] {
            case .itself: write(text: Self.part(row.attributeFields[place], of: bytes), &batch)
            case .meaning(let meaning):
                reader.attributes[place].meanings[meaning].text.withUnsafeBytes { write(text: $0, &batch) }
            case .none, .flawed: continue
            }
        }
    }

    private mutating func write(text: UnsafeRawBufferPointer, _ batch: inout RegisterBatch) {
        if let place = names.text(text, &batch) { writer.write(place << 1 | 1) } else { write(out: text) }
    }

    private mutating func write(out text: UnsafeRawBufferPointer) {
        writer.write(text.count << 1)
        writer.write(raw: text)
    }

    // MARK: Canonical line

    /// As `DeclaredStandard.appendCanonicalLine` writes it. Plain fields need no escapes.
    private mutating func writeLine(_ row: PlainRow, _ bytes: UnsafeRawBufferPointer) {
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: reader.enterprises.code(row.enterprise))
        line.append(contentsOf: origin)
        line.append(contentsOf: Self.part(row.enterpriseName, of: bytes))
        line.append(UInt8(ascii: "\t"))
        if let province = row.province { line.append(contentsOf: province.code.utf8) }
        for text in [row.number, row.name, row.category] {
            line.append(UInt8(ascii: "\t"))
            line.append(contentsOf: Self.part(text, of: bytes))
        }
        line.append(UInt8(ascii: "\t"))
        line.append(contentsOf: row.declaredOn.text)
        line.append(UInt8(ascii: "\t"))
        if let abolishedOn = row.abolishedOn { line.append(contentsOf: abolishedOn.text) }
        line.append(contentsOf: tail)
        append(count: row.models.count)
        for model in row.models {
            line.append(UInt8(ascii: "\t"))
            line.append(contentsOf: Self.part(model, of: bytes))
        }
        line.append(UInt8(ascii: "\t"))
        writeLineAttributes(row, bytes)
        line.append(UInt8(ascii: "\t"))
        append(count: row.declarationCount)
        line.append(contentsOf: reader.line)
        // No breaches.
        line.append(UInt8(ascii: "\t"))
        append(count: 0)
        line.append(UInt8(ascii: "\n"))
    }

    private mutating func writeLineAttributes(_ row: PlainRow, _ bytes: UnsafeRawBufferPointer) {
        append(count: hasAttribute.count { $0 })
        for place in attributeOrder {
            switch row.attributes[place] {
            case .itself:
                line.append(contentsOf: reader.attributes[place].field)
                line.append(UInt8(ascii: "\t"))
                line.append(contentsOf: Self.part(row.attributeFields[place], of: bytes))
            case .meaning(let meaning):
                line.append(contentsOf: reader.attributes[place].field)
                line.append(contentsOf: reader.attributes[place].meanings[meaning].canonical)
            case .none, .flawed: continue
            }
        }
    }

    private mutating func append(count: Int) {
        if count < 10 {
            line.append(UInt8(ascii: "0") + UInt8(count))
        } else {
            line.append(contentsOf: String(count).utf8)
        }
    }
}
