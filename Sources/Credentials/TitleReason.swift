package import Transparency

/// What a check of a title found; words for it are the caller's.
package enum TitleReason: Sendable, Hashable {
    /// The issuer and the id of the key that signed.
    case issued(by: String, key: String)
    /// Both days inclusive, in Shanghai.
    case holds(from: String, until: String)
    case noStatusList
    /// Title or status list are not to be believed, or not now.
    case flaw(CredentialFlaw)
    /// Cancelled or suspended before its last day; when the list that says so was issued, in seconds since
    /// 1970.
    case ended(asOf: Int64)
    /// Not ended when the list was issued, so many seconds ago.
    case standing(age: Int64)
    /// A proof is given whose file lacks the entry that it proves.
    case noEntry
    /// The proof is of another title's entry.
    case otherEntry
    case tooFewWitnesses(Int, needed: Int)
    case inLog(LeafIndex, TreeSize, witnessCount: Int)
    case proof(LogProofFlaw)
}
