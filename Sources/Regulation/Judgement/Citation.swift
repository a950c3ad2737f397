/// The place in the regulation that a judgement rests on.
///
/// `section` is the section number in the project's form, as in "3.1.2", "3.2.6(4)", "A2-1"; `term` is the
/// field's Chinese term for the duty. The text of the regulation is not part of the project.
package struct Citation: Sendable, Hashable, CustomStringConvertible {
    package let section: String
    package let term: String

    package init(_ section: String, term: String) {
        self.section = section
        self.term = term
    }

    package var description: String { "\(section) \(term)" }
}
