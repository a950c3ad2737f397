/// The graded model (质量分级): the weakest core indicator decides.
///
/// Grade 1: every applicable core indicator advanced, and n1 innovative ones advanced. Grade 2: every
/// one at least average, and n2 innovative ones at least average. Grade 3: everything else that passed
/// the gates, the last of which asks for baseline. An innovative indicator without a value counts for
/// neither.
package enum GradedModel {
    package static func grade(of candidate: Candidate) -> Int {
        let method = candidate.scheme.method
        let core = candidate.core.map(\.level)
        let innovative = candidate.innovative.map(\.level)
        if core.allSatisfy({ $0 == .advanced }),
            innovative.count(where: { $0 == .advanced }) >= method.innovativeAdvancedMin
        {
            return 1
        }
        if core.allSatisfy({ $0 >= .average }),
            innovative.count(where: { $0 >= .average }) >= method.innovativeAverageMin
        {
            return 2
        }
        return 3
    }
}
