internal import Regulation

/// A profile with the place of every column in the file at hand.
///
/// Columns are numbered twice: by their place in the file, and by their slot among the columns that the
/// profile reads. Everything here but `columns` counts in slots, so that a row cleans each field once however
/// often it is used.
struct BoundProfile: Sendable {
    enum Text: Sendable {
        case column(Int)
        case constant(String)
        case template([Piece])
    }

    enum Piece: Sendable {
        case literal(String)
        case field(Int)
        case year(Int)
    }

    let enterpriseName: Text
    let creditCode: Text?
    let province: Text?
    let standardNumber: Text
    let standardName: Text
    let category: Text
    let models: [Text]
    let references: Text?
    let declaredOn: Int
    let abolishedOn: Int?
    let attributes: [Int]
    let indicators: [Int]
    /// Slot to the place in the file, and to the column's name.
    let columns: [Int]
    let columnNames: [String]
    /// Fields that every record has.
    let fieldCount: Int

    /// Every column that the file does not have, or has twice, is reported at once.
    init(_ profile: Profile, header: [String]) throws(ProfileFlaws) {
        var places: [String: Int] = [:]
        var repeated: Set<String> = []
        for (index, name) in header.enumerated() where places.updateValue(index, forKey: name) != nil {
            repeated.insert(name)
        }
        var flaws: [ProfileFlaw] = []
        for use in profile.columnUses {
            if places[use.column] == nil {
                let nearest = NearestNames.of(use.column, among: header)
                flaws.append(ProfileFlaw(use.path, .unknownColumn(use.column, nearest: nearest)))
            } else if repeated.contains(use.column) {
                flaws.append(ProfileFlaw(use.path, .ambiguousColumn(use.column)))
            }
        }
        guard flaws.isEmpty else { throw ProfileFlaws(flaws: flaws) }
        columnNames = profile.columnNames
        columns = columnNames.compactMap { places[$0] }
        let slots = Dictionary(uniqueKeysWithValues: columnNames.enumerated().map { ($1, $0) })
        // Every name looked up from here on is in the table.
        func place(_ column: String) -> Int { slots[column] ?? 0 }
        func bound(_ text: Profile.Text) -> Text {
            switch text {
            case .column(let column): .column(place(column))
            case .constant(let constant): .constant(constant)
            case .template(let template):
                .template(
                    template.pieces.map { piece in
                        switch piece {
                        case .literal(let text): .literal(text)
                        case .field(let column): .field(place(column))
                        case .year(let column): .year(place(column))
                        }
                    })
            }
        }
        enterpriseName = bound(profile.enterpriseName)
        creditCode = profile.creditCode.map(bound)
        province = profile.province.map(bound)
        standardNumber = bound(profile.standardNumber)
        standardName = bound(profile.standardName)
        category = bound(profile.category)
        models = profile.models.map(bound)
        references = profile.references.map { bound($0.source) }
        declaredOn = place(profile.declaredOn.column)
        abolishedOn = profile.abolishedOn.map { place($0.column) }
        attributes = profile.attributes.map { place($0.column) }
        indicators = profile.indicators.map { place($0.column) }
        fieldCount = header.count
    }
}
