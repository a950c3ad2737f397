import Ledger

extension Failure {
    /// A store that could not be opened or looked at: damaged is 4, everything else is for the person to
    /// mend.
    init(ledger error: LedgerError) {
        self.init(error.code == .damaged || error.code == .fatal ? .damaged : .badInput, error.message)
    }
}
