package import Contracts
internal import Regulation

extension Profile {
    /// Checks an import profile by itself, without the file: everything that is wrong is reported at once.
    package init(_ message: StandardsAPI.ImportProfile) throws(ProfileFlaws) {
        var reading = ProfileReading()
        let profile = reading.profile(message)
        guard reading.flaws.isEmpty, let profile else { throw ProfileFlaws(flaws: reading.flaws) }
        self = profile
    }
}

/// Reads the message field by field and notes every flaw.
private struct ProfileReading {
    var flaws: [ProfileFlaw] = []

    mutating func profile(_ message: StandardsAPI.ImportProfile) -> Profile? {
        if message.name.isEmpty { note("name", .missing) }
        let format = format(message)
        let enterpriseName = required(message.enterpriseName, "enterpriseName")
        let creditCode = optional(message.creditCode, "creditCode")
        let province = province(message.province)
        let number = required(message.standardNumber, "standardNumber")
        let standardName = required(message.standardName, "standardName")
        let category = required(message.category, "category")
        if message.models.isEmpty { note("models", .missing) }
        let models = message.models.enumerated().compactMap { required($1, "models[\($0)]") }
        let declaredOn = day(message.declaredOn, "declaredOn")
        if message.declaredOn == nil { note("declaredOn", .missing) }
        let abolishedOn = day(message.abolishedOn, "abolishedOn")
        let attributes = message.attributes.enumerated().map { attribute($1, "attributes[\($0)]") }
        noteRepeated(message.attributes.map(\.name), "attributes", "name")
        if message.indicators.isEmpty { note("indicators", .missing) }
        let indicators = message.indicators.enumerated().compactMap { indicator($1, "indicators[\($0)]") }
        noteRepeated(message.indicators.map(\.indicator), "indicators", "indicator")
        let references = references(message)
        guard let format, let enterpriseName, let number, let standardName, let category, let declaredOn
        else { return nil }
        return Profile(
            name: message.name, format: format, decodesEntities: message.decodeEntities,
            enterpriseName: enterpriseName, creditCode: creditCode, province: province,
            standardNumber: number, standardName: standardName, category: category, models: models,
            modelSeparators: Set(message.modelSeparators),
            declaredOn: declaredOn, abolishedOn: abolishedOn, attributes: attributes, indicators: indicators,
            references: references, isSeriesProduced: message.seriesProduced,
            isWidelyOffered: message.widelyOffered)
    }

    private mutating func note(_ path: String, _ kind: ProfileFlaw.Kind) {
        flaws.append(ProfileFlaw(path, kind))
    }

    private mutating func noteRepeated(_ names: [String], _ list: String, _ field: String) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() where !name.isEmpty && !seen.insert(name).inserted {
            note("\(list)[\(index)].\(field)", .repeated(name))
        }
    }

    private mutating func format(_ message: StandardsAPI.ImportProfile) -> Profile.Format? {
        switch message.format {
        case .ndjson: return .ndjson
        case .csv:
            let bytes = Array(message.delimiter.utf8)
            guard !bytes.isEmpty else { return .csv(delimiter: UInt8(ascii: ",")) }
            let forbidden: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0]
            guard bytes.count == 1, bytes[0] < 0x80, !forbidden.contains(bytes[0]) else {
                note("delimiter", .badDelimiter(message.delimiter))
                return nil
            }
            return .csv(delimiter: bytes[0])
        case .unspecified:
            note("format", .missing)
            return nil
        case .unrecognized(let number):
            note("format", .unknownFormat("\(number)", known: ["FILE_FORMAT_CSV", "FILE_FORMAT_NDJSON"]))
            return nil
        }
    }

    private mutating func required(_ source: StandardsAPI.TextSource?, _ path: String) -> Profile.Text? {
        let flawCount = flaws.count
        let text = optional(source, path)
        if text == nil, flaws.count == flawCount { note(path, .missing) }
        return text
    }

    private mutating func optional(_ source: StandardsAPI.TextSource?, _ path: String) -> Profile.Text? {
        guard let source else { return nil }
        let given = [
            source.column.isEmpty ? nil : "column", source.constant.isEmpty ? nil : "constant",
            source.template.isEmpty ? nil : "template",
        ].compactMap(\.self)
        guard given.count == 1 else {
            note(path, given.isEmpty ? .missing : .severalSources(given))
            return nil
        }
        if !source.column.isEmpty { return .column(source.column) }
        if !source.constant.isEmpty { return .constant(source.constant) }
        do {
            return .template(try TextTemplate(source.template))
        } catch {
            note(path + ".template", .badTemplate(error))
            return nil
        }
    }

    private mutating func references(_ message: StandardsAPI.ImportProfile) -> Profile.References? {
        let source = optional(message.references, "references")
        if source == nil, message.references == nil, !message.referencedStandards.isEmpty {
            note("references", .missing)
        }
        if message.referencedStandards.count > Profile.referencedStandardCountMax {
            note("referencedStandards", .tooMany(countMax: Profile.referencedStandardCountMax))
            return nil
        }
        var known: [String: ReferencedStandard] = [:]
        for (index, referenced) in message.referencedStandards.enumerated() {
            let path = "referencedStandards[\(index)]"
            do throws(BridgeFlaws) {
                let standard = try ReferencedStandard(referenced)
                if known.updateValue(standard, forKey: standard.family) != nil {
                    note("\(path).number", .repeated(standard.family))
                }
            } catch {
                for flaw in error.flaws { note("\(path).\(flaw.path)", .bridge(flaw.message)) }
            }
        }
        let requirementCount = known.values.reduce(0) { sum, standard in
            sum + standard.editions.reduce(0) { $0 + $1.requirements.count }
        }
        if requirementCount > Profile.adoptableCountMax {
            note("referencedStandards", .tooManyRequirements(countMax: Profile.adoptableCountMax))
        }
        return source.map { Profile.References(source: $0, known: known, day: nil) }
    }

    private mutating func province(_ source: StandardsAPI.TextSource?) -> Profile.Text? {
        let text = optional(source, "province")
        if case .constant(let name) = text, Province(matching: name) == nil {
            note("province.constant", .unknownProvince(name))
        }
        return text
    }

    private mutating func day(_ source: StandardsAPI.DateSource?, _ path: String) -> Profile.Day? {
        guard let source else { return nil }
        if source.column.isEmpty { note(path + ".column", .missing) }
        guard let format = DayFormat(rawValue: source.format) else {
            note(path + ".format", .unknownFormat(source.format, known: DayFormat.allCases.map(\.rawValue)))
            return nil
        }
        return source.column.isEmpty ? nil : Profile.Day(column: source.column, format: format)
    }

    private mutating func words(_ words: [StandardsAPI.WordMeaning], _ path: String) -> [String: String] {
        var meanings: [String: String] = [:]
        for (index, entry) in words.enumerated() {
            if entry.meaning.isEmpty { note("\(path).words[\(index)].meaning", .missing) }
            if meanings.updateValue(entry.meaning, forKey: entry.word) != nil {
                note("\(path).words[\(index)].word", .repeated(entry.word))
            }
        }
        return meanings
    }

    private mutating func attribute(
        _ message: StandardsAPI.AttributeMapping, _ path: String
    ) -> Profile.Attribute {
        if message.name.isEmpty { note(path + ".name", .missing) }
        if message.column.isEmpty { note(path + ".column", .missing) }
        return Profile.Attribute(
            name: message.name, column: message.column, words: words(message.words, path))
    }

    private mutating func indicator(
        _ message: StandardsAPI.IndicatorMapping, _ path: String
    ) -> Profile.Indicator? {
        if message.indicator.isEmpty { note(path + ".indicator", .missing) }
        if message.column.isEmpty { note(path + ".column", .missing) }
        let minimum = decimal(message.minimum, path + ".minimum")
        let maximum = decimal(message.maximum, path + ".maximum")
        if let minimum, let maximum, minimum > maximum {
            note(path, .emptyRange(minimum: message.minimum, maximum: message.maximum))
        }
        let words = words(message.words, path)
        if !words.isEmpty, minimum != nil || maximum != nil { note(path, .rangeWithWords) }
        // Words are what they are: the relation may be left out.
        let isEqual = !words.isEmpty && message.relation == .unspecified
        guard let relation = isEqual ? .equal : relation(message.relation, path + ".relation") else {
            return nil
        }
        return Profile.Indicator(
            code: message.indicator, column: message.column, relation: relation, unit: message.unit,
            testMethod: message.testMethod, minimum: minimum, maximum: maximum,
            missingWords: Set(message.missingWords), words: words, isRequired: message.required)
    }

    private mutating func decimal(_ text: String, _ path: String) -> ExactDecimal? {
        guard !text.isEmpty else { return nil }
        let decimal = ExactDecimal(text)
        if decimal == nil { note(path, .notADecimal(text)) }
        return decimal
    }

    private mutating func relation(_ relation: StandardsAPI.Relation, _ path: String) -> Relation? {
        switch relation {
        case .atMost: return .atMost
        case .below: return .below
        case .atLeast: return .atLeast
        case .above: return .above
        case .equal: return .equal
        case .unspecified:
            note(path, .missing)
            return nil
        case .unrecognized(let number):
            let known = StandardsAPI.Relation.allCases.filter { $0 != .unspecified }.map(\.name)
            note(path, .unknownFormat("\(number)", known: known))
            return nil
        }
    }
}
