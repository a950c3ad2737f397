internal import Regulation

/// Reads records into declared standards, one after another, and says everything that is wrong with a row at
/// once.
///
/// Where the profile has no credit code, the code given here is the one that the name alone leads to;
/// `StandardsAssembly` sees all names and settles collisions.
struct RowReader: Sendable {
    /// A field that stands in the way.
    struct FieldFlaw: Sendable {
        let column: String
        let value: String
        let flaw: RowFlaw
    }

    /// Beyond this many different texts, the tables of dates and of enterprises start anew.
    private static let knownCountMax = 16_384
    private static let knownEnterpriseCountMax = 262_144

    private let profile: Profile
    private let bound: BoundProfile
    private let cleaner: FieldCleaner
    private var indicators: [IndicatorReading]
    private var references: ReferenceReading?
    private var days: [String: CivilDate] = [:]
    private var enterprises: [String: Enterprise] = [:]
    /// Fields of the row at hand, cleaned, by slot.
    private var texts: [String] = []
    /// What is wrong with the row read last.
    private(set) var flaws: [FieldFlaw] = []
    private(set) var mendedCount = 0
    /// The declarations of the row read last, in the order of the profile.
    private(set) var known: [KnownDeclaration] = []

    /// Whether standards have their declarations, or `known` alone.
    private let fillsDeclarations: Bool

    init(_ profile: Profile, _ bound: BoundProfile, fillsDeclarations: Bool = true) {
        self.fillsDeclarations = fillsDeclarations
        self.profile = profile
        self.bound = bound
        cleaner = FieldCleaner(decodesEntities: profile.decodesEntities)
        indicators = profile.indicators.enumerated().map { IndicatorReading($1, place: $0) }
        references = ReferenceReading(profile)
    }

    private struct Enterprise: Sendable {
        let code: CreditCode
        /// By the code's region digits.
        let province: Province?

        init(_ code: CreditCode) {
            self.code = code
            province = Province(regionDigits: code.regionDigits)
        }
    }

    /// nil when the row has flaws.
    mutating func read(_ record: FieldRecord) -> DeclaredStandard? {
        flaws.removeAll(keepingCapacity: true)
        guard isReadable(record), cleanFields(of: record) else { return nil }
        let enterpriseName = required(bound.enterpriseName, profile.enterpriseName)
        let enterprise = readEnterprise(named: enterpriseName)
        let province = profile.province == nil ? enterprise?.province : readProvince()
        let number = readNumber()
        let name = required(bound.standardName, profile.standardName)
        let category = required(bound.category, profile.category)
        let models = readModels()
        if models.isEmpty, let source = profile.models.first { note(Self.columnName(source), "", .missing) }
        let attributes = readAttributes()
        let referenced = readReferences()
        let declarations = readDeclarations(referenced, attributes)
        let declaredOn = readDay(bound.declaredOn, profile.declaredOn)
        if declaredOn == nil, texts[bound.declaredOn].isEmpty { noteSlot(bound.declaredOn, .missing) }
        let abolishedOn = bound.abolishedOn.flatMap { slot in
            profile.abolishedOn.flatMap { readDay(slot, $0) }
        }
        if let declaredOn, let abolishedOn, abolishedOn < declaredOn, let slot = bound.abolishedOn {
            noteSlot(slot, .abolishedBeforeDeclared)
        }
        guard flaws.isEmpty, let enterprise, let number, let declaredOn else { return nil }
        // Whether it was in force is a matter of the cut-off date, judged later.
        return DeclaredStandard(
            enterprise: enterprise.code, enterpriseName: enterpriseName,
            codeIsSynthetic: profile.creditCode == nil, province: province, number: number, name: name,
            category: category, models: models, attributes: attributes, declarations: declarations,
            declaredOn: declaredOn, abolishedOn: abolishedOn, isInForce: true,
            isSeriesProduced: profile.isSeriesProduced, isWidelyOffered: profile.isWidelyOffered,
            mandatoryBreaches: [], sourceRow: record.row, references: referenced.references)
    }

    // MARK: Fields

    private mutating func isReadable(_ record: FieldRecord) -> Bool {
        if let flaw = record.flaw {
            let known = RowFlaw.of(flaw)
            let slot = known.field.flatMap { bound.columns.firstIndex(of: $0) }
            note(slot.map { bound.columnNames[$0] } ?? known.name, "", known.flaw)
            return false
        }
        guard record.count == bound.fieldCount else {
            note("", record.shown(0), .wrongFieldCount(expected: bound.fieldCount, found: record.count))
            return false
        }
        return true
    }

    private mutating func cleanFields(of record: FieldRecord) -> Bool {
        texts.removeAll(keepingCapacity: true)
        for (slot, column) in bound.columns.enumerated() {
            guard let cleaned = cleaner.text(record.bytes, record.ranges[column]) else {
                note(bound.columnNames[slot], record.shown(column), .notUTF8)
                texts.append("")
                continue
            }
            if cleaned.isMended { mendedCount += 1 }
            texts.append(cleaned.text)
        }
        return flaws.isEmpty
    }

    /// Empty when a field that the text needs is empty.
    private func text(of source: BoundProfile.Text) -> String {
        switch source {
        case .column(let slot): return texts[slot]
        case .constant(let constant): return constant
        case .template(let pieces):
            var text = ""
            for piece in pieces {
                switch piece {
                case .literal(let literal): text += literal
                case .field(let slot):
                    if texts[slot].isEmpty { return "" }
                    text += texts[slot]
                case .year(let slot):
                    guard let day = DayFormat.allCases.lazy.compactMap({ $0.date(texts[slot]) }).first
                    else { return "" }
                    text += String(day.year)
                }
            }
            return text
        }
    }

    private mutating func required(_ source: BoundProfile.Text, _ named: Profile.Text) -> String {
        let text = text(of: source)
        if text.isEmpty { noteEmpty(source, named) }
        return text
    }

    /// Names the field for which the text stayed empty.
    private mutating func noteEmpty(_ source: BoundProfile.Text, _ named: Profile.Text) {
        guard case .template(let pieces) = source else { return note(Self.columnName(named), "", .missing) }
        for piece in pieces {
            switch piece {
            case .literal: continue
            case .field(let slot):
                if texts[slot].isEmpty { noteSlot(slot, .missing) }
            case .year(let slot):
                let isDate = DayFormat.allCases.contains { $0.date(texts[slot]) != nil }
                let formats = DayFormat.allCases.map(\.rawValue).joined(separator: " / ")
                if !isDate { noteSlot(slot, texts[slot].isEmpty ? .missing : .notADate(format: formats)) }
            }
        }
    }

    /// nil with a flaw noted, or without a name.
    private mutating func readEnterprise(named name: String) -> Enterprise? {
        guard let source = bound.creditCode, let named = profile.creditCode else {
            return name.isEmpty ? nil : enterprise(name) { _ in SyntheticCodes.derive(name: name) }
        }
        let text = required(source, named)
        guard !text.isEmpty else { return nil }
        do {
            return try enterprise(text) { text throws(CreditCodeFlaw) in try CreditCode(text) }
        } catch {
            note(Self.columnName(named), text, RowFlaw(error))
            return nil
        }
    }

    /// Enterprises come again and again: each is looked at once, by its code, or by its name where there is
    /// none.
    private mutating func enterprise<Flaw: Error>(
        _ key: String, code: (String) throws(Flaw) -> CreditCode
    ) throws(Flaw) -> Enterprise {
        if let known = enterprises[key] { return known }
        let enterprise = Enterprise(try code(key))
        if enterprises.count >= Self.knownEnterpriseCountMax {
            enterprises.removeAll(keepingCapacity: true)
        }
        enterprises[key] = enterprise
        return enterprise
    }

    private mutating func readProvince() -> Province? {
        guard let source = bound.province, let named = profile.province else { return nil }
        let text = text(of: source)
        let province = Province(matching: text)
        if province == nil, !text.isEmpty { note(Self.columnName(named), text, .unknownProvince) }
        return province
    }

    private func readModels() -> [String] {
        let texts = bound.models.map(text(of:)).filter { !$0.isEmpty }
        guard !profile.modelSeparators.isEmpty else { return texts }
        return texts.flatMap { text in
            text.split(whereSeparator: profile.modelSeparators.contains).map { model in
                // Cleaned texts have no other blank than this one.
                String(model.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }.filter { !$0.isEmpty }
        }
    }

    private mutating func readNumber() -> StandardNumber? {
        let text = required(bound.standardNumber, profile.standardNumber)
        guard !text.isEmpty else { return nil }
        do {
            return try StandardNumber(text)
        } catch {
            note(Self.columnName(profile.standardNumber), text, RowFlaw(error))
            return nil
        }
    }

    /// The empty field is no flaw here.
    private mutating func readDay(_ slot: Int, _ day: Profile.Day) -> CivilDate? {
        let text = texts[slot]
        guard !text.isEmpty else { return nil }
        let key = day.format == .yearFirst ? text : "/" + text
        if let known = days[key] { return known }
        guard let date = day.format.date(text) else {
            noteSlot(slot, .notADate(format: day.format.rawValue))
            return nil
        }
        if days.count >= Self.knownCountMax { days.removeAll(keepingCapacity: true) }
        days[key] = date
        return date
    }

    private mutating func readAttributes() -> [String: String] {
        var attributes: [String: String] = [:]
        attributes.reserveCapacity(bound.attributes.count)
        for index in bound.attributes.indices {
            let slot = bound.attributes[index]
            let text = texts[slot]
            if let meaning = profile.attributes[index].words[text] {
                attributes[profile.attributes[index].name] = meaning
            } else if text.isEmpty {
                continue
            } else if profile.attributes[index].words.isEmpty {
                attributes[profile.attributes[index].name] = text
            } else {
                let known = profile.attributes[index].words.keys.filter { !$0.isEmpty }
                noteSlot(slot, .unknownWord(known: known.sorted()))
            }
        }
        return attributes
    }

    private mutating func readReferences() -> ReferenceReading.Outcome {
        guard let source = bound.references, let named = profile.references?.source else { return .init() }
        let text = text(of: source)
        do {
            return text.isEmpty ? .init() : try references?.read(text) ?? .init()
        } catch {
            note(Self.columnName(named), text, error)
            return .init()
        }
    }

    private mutating func readDeclarations(
        _ referenced: ReferenceReading.Outcome, _ attributes: [String: String]
    ) -> [Declaration] {
        known.removeAll(keepingCapacity: true)
        // Needed, and not declared by the row itself.
        var missing: [Int] = []
        for (index, slot) in bound.indicators.enumerated() {
            switch indicators[index].outcome(texts[slot]) {
            case .declared(let declared): known.append(declared)
            case .notDeclared: continue
            case .flawed(.missing): missing.append(index)
            case .flawed(let flaw): noteSlot(slot, flaw)
            }
        }
        if let references, !referenced.editions.isEmpty {
            let declared = Set(known.map(\.declaration.indicator))
            known += references.adopted(referenced.editions, besides: declared, attributes: attributes)
        }
        for index in missing
        where !known.contains(where: { $0.declaration.indicator == profile.indicators[index].code }) {
            noteSlot(bound.indicators[index], .missing)
        }
        return fillsDeclarations ? known.map(\.declaration) : []
    }

    // MARK: Flaws

    private mutating func noteSlot(_ slot: Int, _ flaw: RowFlaw) {
        note(bound.columnNames[slot], texts[slot], flaw)
    }

    private mutating func note(_ column: String, _ value: String, _ flaw: RowFlaw) {
        let isKnown = flaws.contains { $0.column == column && $0.flaw == flaw }
        guard !isKnown else { return }
        let shown = String(value.prefix(RejectedRow.valueLengthMax))
        flaws.append(FieldFlaw(column: column, value: shown, flaw: flaw))
    }

    /// Where a text comes from, as a message names it.
    private static func columnName(_ source: Profile.Text) -> String {
        switch source {
        case .column(let column): column
        case .constant: ""
        case .template(let template): template.columns.joined(separator: " + ")
        }
    }
}
