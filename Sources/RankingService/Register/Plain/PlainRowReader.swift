import Regulation

/// Finds out what plain records say, without making values of their fields.
///
/// What it takes, `RowReader` takes and reads the same. Of everything else, flaws among it, it only says that
/// it is something else.
struct PlainRowReader {
    private let profile: Profile
    private(set) var texts: PlainTexts
    private(set) var row = PlainRow()
    var enterprises: PlainEnterprises
    let attributes: [PlainAttribute]
    private var indicators: [PlainIndicator]
    private var declaredDays: PlainDays
    private var abolishedDays: PlainDays?
    private var provinces = ByteTable<Province>()
    /// Bytes with which something begins that parts models.
    private let separators: Set<UInt8>
    /// Which of the profile's indicators the row declares; behind them what could be adopted, which a plain
    /// row never does.
    private(set) var hasDeclaration: [Bool]
    /// What the declarations add to the canonical line and to the stored row.
    private(set) var line: [UInt8] = []
    private(set) var stored = RowWriter()

    /// Nil for a profile with which no record is plain.
    init?(_ profile: Profile, _ bound: BoundProfile, codes: SettledCodes) {
        guard PlainTexts.arePlain(bound),
            Set(profile.attributes.map(\.name)).count == profile.attributes.count
        else { return nil }
        self.profile = profile
        texts = PlainTexts(profile, bound)
        enterprises = PlainEnterprises(hasCodes: profile.creditCode != nil, codes: codes)
        attributes = profile.attributes.map { PlainAttribute($0) }
        indicators = profile.indicators.enumerated().map { PlainIndicator($1, place: $0) }
        declaredDays = PlainDays(profile.declaredOn.format)
        abolishedDays = profile.abolishedOn.map { PlainDays($0.format) }
        separators = Set(profile.modelSeparators.compactMap { String($0).utf8.first })
        hasDeclaration = Array(
            repeating: false, count: profile.indicators.count + profile.adoptable.count)
    }

    /// False when somebody else has to read the record; `row` is void then.
    mutating func read(_ record: FieldRecord) -> Bool {
        texts.take(record) && refersToNothing() && readEnterprise() && readStandard() && readModels()
            && readDays() && readAttributes() && readDeclarations()
    }

    private func bytes<Value>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        texts.bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    private mutating func required(_ source: BoundProfile.Text) -> Range<Int>? {
        guard let range = texts.range(of: source), !range.isEmpty else { return nil }
        return range
    }

    /// What is referenced may have to be adopted.
    private mutating func refersToNothing() -> Bool {
        guard let source = texts.bound.references else { return true }
        return texts.range(of: source)?.isEmpty == true
    }

    private mutating func readEnterprise() -> Bool {
        let bound = texts.bound
        guard let name = required(bound.enterpriseName) else { return false }
        row.enterpriseName = name
        var key = name
        if let source = bound.creditCode {
            guard let code = required(source) else { return false }
            key = code
        }
        let place = texts.bytes.withUnsafeBytes { bytes in
            enterprises.place(of: UnsafeRawBufferPointer(rebasing: bytes[key]))
        }
        guard let place else { return false }
        row.enterprise = place
        guard let source = bound.province else {
            row.province = enterprises.province(place)
            return true
        }
        guard let text = texts.range(of: source) else { return false }
        row.province = nil
        return text.isEmpty || readProvince(text)
    }

    private mutating func readProvince(_ text: Range<Int>) -> Bool {
        if let place = bytes(text, { provinces.place(of: $0) }) {
            row.province = provinces[place]
            return true
        }
        let name = String(decoding: texts.bytes[text], as: UTF8.self)
        // There are few ways to write the names of few provinces.
        guard let province = Province(matching: name), provinces.count < 1_024 else { return false }
        provinces.insert(name, province)
        row.province = province
        return true
    }

    private mutating func readStandard() -> Bool {
        let bound = texts.bound
        guard let written = required(bound.standardNumber), let number = texts.number(written),
            let name = required(bound.standardName), let category = required(bound.category)
        else { return false }
        (row.number, row.name, row.category) = (number, name, category)
        return true
    }

    private mutating func readModels() -> Bool {
        row.models.removeAll(keepingCapacity: true)
        for source in texts.bound.models {
            guard let model = texts.range(of: source) else { return false }
            if !separators.isEmpty, texts.bytes[model].contains(where: separators.contains) { return false }
            if !model.isEmpty { row.models.append(model) }
        }
        return !row.models.isEmpty || profile.models.isEmpty
    }

    private mutating func readDays() -> Bool {
        let field = texts.fields[texts.bound.declaredOn]
        let declaredOn = texts.bytes.withUnsafeBytes { bytes in
            declaredDays.day(UnsafeRawBufferPointer(rebasing: bytes[field]))
        }
        guard !field.isEmpty, let declaredOn else { return false }
        row.declaredOn = declaredOn
        row.abolishedOn = nil
        guard let slot = texts.bound.abolishedOn, !texts.fields[slot].isEmpty else { return true }
        let abolishedOn = texts.bytes.withUnsafeBytes { bytes in
            abolishedDays?.day(UnsafeRawBufferPointer(rebasing: bytes[texts.fields[slot]]))
        }
        guard let abolishedOn, abolishedOn.date >= declaredOn.date else { return false }
        row.abolishedOn = abolishedOn
        return true
    }

    private mutating func readAttributes() -> Bool {
        row.attributes.removeAll(keepingCapacity: true)
        row.attributeFields.removeAll(keepingCapacity: true)
        for (attribute, slot) in zip(attributes, texts.bound.attributes) {
            let field = texts.fields[slot]
            let outcome = bytes(field) { attribute.outcome($0) }
            if case .flawed = outcome { return false }
            row.attributes.append(outcome)
            row.attributeFields.append(field)
        }
        return true
    }

    private mutating func readDeclarations() -> Bool {
        line.removeAll(keepingCapacity: true)
        stored.removeAll()
        row.declarationCount = 0
        return texts.bytes.withUnsafeBytes { bytes in
            for (place, slot) in texts.bound.indicators.enumerated() {
                let text = UnsafeRawBufferPointer(rebasing: bytes[texts.fields[slot]])
                switch indicators[place].append(text, canonical: &line, stored: &stored) {
                case .flawed: return false
                case .notDeclared: hasDeclaration[place] = false
                case .declared:
                    hasDeclaration[place] = true
                    row.declarationCount += 1
                }
            }
            return true
        }
    }
}
