/// The number of a standard as another one refers to it (规范性引用文件): with its year (注日期的引用),
/// which means that edition and no other, or without (不注日期的引用), which means the edition in force.
package struct StandardReference: Hashable, Sendable {
    /// The printed form without the year: "GB 12021.2".
    package let family: String
    /// Nil for an undated reference.
    package let year: Int?
    /// The printed form: "GB 12021.2—2015", or the family alone.
    package let text: String

    /// A title in 《》 behind the number is passed over.
    package init(_ written: some StringProtocol) throws(StandardNumberFlaw) {
        let number = written.prefix { $0 != "《" }
        do {
            let dated = try StandardNumber(number)
            text = dated.text
            year = dated.year
            family = Self.family(of: dated)
        } catch .yearMissing {
            // Any year makes a number of it; it is taken off again.
            let dated = try StandardNumber(number + "-2000")
            family = Self.family(of: dated)
            text = family
            year = nil
        } catch {
            throw error
        }
    }

    /// What stands before the year and its dash or colon.
    package static func family(of number: StandardNumber) -> String {
        number.year == nil ? number.text : String(number.text.dropLast(5))
    }
}
