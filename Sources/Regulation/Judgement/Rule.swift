/// One duty of the regulation, judged on one kind of case.
///
/// Total and synchronous: no clock, no I/O, no throw. The answer lists everything that is wrong, not the
/// first thing.
package protocol Rule<Case>: Sendable {
    associatedtype Case
    static var citation: Citation { get }
    func findings(in subject: Case) -> [Finding]
}
