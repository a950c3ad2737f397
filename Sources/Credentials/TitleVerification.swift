import Transparency

/// What was found of a title, check by check.
package struct TitleVerdict: Sendable, Hashable {
    package enum Conclusion: String, Sendable {
        /// Everything that was asked holds.
        case valid
        /// Something says that the title does not hold.
        case invalid
        /// Nothing says that it does not hold, but not enough is known: never to be shown as valid.
        case unverified
    }

    package enum Outcome: Sendable, Hashable {
        case passed(TitleReason)
        case failed(TitleReason)
        case unknown(TitleReason)
    }

    /// What was looked at.
    package enum Subject: String, Sendable, CaseIterable {
        case signature, time, status, log
    }

    package struct Check: Sendable, Hashable {
        package let subject: Subject
        package let outcome: Outcome
    }

    /// Nil when the title cannot be read.
    package let claims: TitleClaims?
    package let checks: [Check]

    package var conclusion: Conclusion {
        var conclusion = Conclusion.valid
        for check in checks {
            switch check.outcome {
            case .passed: continue
            case .failed: return .invalid
            case .unknown: conclusion = .unverified
            }
        }
        return conclusion
    }
}

/// Checks titles against pinned keys, offline. Pure: files' contents and the moment are given.
package struct TitleVerification: Sendable {
    /// A checkpoint that the log has signed, and how many of the witnesses.
    private struct Seen {
        let note: SignedNote
        /// The note as it is written.
        let bytes: [UInt8]
        let checkpoint: Checkpoint
        let witnessCount: Int
    }

    private let trust: TitleTrust
    /// Seconds since 1970.
    private let now: Int64
    /// The status list and the checkpoint of the last title: most that are checked together share them.
    private var list: (text: String, token: StatusListToken)?
    private var seen: Seen?

    package init(trust: TitleTrust, at now: Int64) {
        self.trust = trust
        self.now = now
    }

    /// - Parameters:
    ///   - title: `<token>~`, or the token alone.
    ///   - status: the status list's token; without it the title stays unverified.
    ///   - proof: a file of C2SP tlog-proof, if there is one.
    package func verify(title: String, status: String?, proof: [UInt8]?) -> TitleVerdict {
        var once = self
        return once.verifyNext(title: title, status: status, proof: proof)
    }

    /// The same for one title after another: a status list or a checkpoint that equals the one verified with
    /// the title before is not read and verified again.
    package mutating func verifyNext(title: String, status: String?, proof: [UInt8]?) -> TitleVerdict {
        let credential: TitleCredential
        do throws(CredentialFlaw) {
            credential = try TitleCredential(title, from: trust.issuer, keys: trust.titleKeys)
        } catch {
            return TitleVerdict(
                claims: nil, checks: [.init(subject: .signature, outcome: .failed(.flaw(error)))])
        }
        var checks = [
            TitleVerdict.Check(
                subject: .signature,
                outcome: .passed(.issued(by: trust.issuer, key: credential.key.id))),
            TitleVerdict.Check(subject: .time, outcome: time(credential)),
            TitleVerdict.Check(subject: .status, outcome: self.status(credential, status)),
        ]
        if let proof { checks.append(.init(subject: .log, outcome: log(credential, proof))) }
        return TitleVerdict(claims: credential.claims, checks: checks)
    }

    private func time(_ credential: TitleCredential) -> TitleVerdict.Outcome {
        do throws(CredentialFlaw) {
            try credential.checkTime(now)
        } catch {
            return .failed(.flaw(error))
        }
        return .passed(
            .holds(from: "\(credential.claims.validFrom)", until: "\(credential.claims.validUntil)"))
    }

    private mutating func status(_ credential: TitleCredential, _ text: String?) -> TitleVerdict.Outcome {
        guard let text else { return .unknown(.noStatusList) }
        do throws(CredentialFlaw) {
            if let list, list.text == text { return try status(credential, list.token) }
            let token = try StatusListToken(text, keys: trust.statusKeys)
            list = (text, token)
            return try status(credential, token)
        } catch {
            return .unknown(.flaw(error))
        }
    }

    /// The same with a list that was read before.
    package func status(
        _ credential: TitleCredential, _ list: StatusListToken
    ) throws(CredentialFlaw) -> TitleVerdict.Outcome {
        let place = credential.claims.status
        guard list.uri == place.uri else {
            throw .claim("it is the list of \(list.uri), and the title names \(place.uri)")
        }
        guard let isEnded = list.list.isEnded(place.index) else {
            throw .claim("it has no entry \(place.index), which the title names")
        }
        // What an old list says to have ended stays ended.
        if isEnded { return .failed(.ended(asOf: list.issuedAt)) }
        try list.checkTime(now)
        return .passed(.standing(age: now - list.issuedAt))
    }

    private mutating func log(_ credential: TitleCredential, _ bytes: [UInt8]) -> TitleVerdict.Outcome {
        do throws(LogProofFlaw) {
            let proof = try LogProof(bytes, known: seen.map { ($0.bytes, $0.note) })
            // The entry stands in the file beside the proof of it; its hash is what was proved.
            guard let entry = proof.extra else { return .failed(.noEntry) }
            let seen = try checkpoint(of: proof)
            try proof.verify(leaf: .leaf(entry), under: seen.checkpoint)
            guard let facts = (try? CanonicalJSON(entry))?["facts"],
                facts["credential_sha256"]?.asText == HexText.text(credential.digest)
            else { return .failed(.otherEntry) }
            guard seen.witnessCount >= trust.witnessCountMin else {
                return .failed(.tooFewWitnesses(seen.witnessCount, needed: trust.witnessCountMin))
            }
            return .passed(
                .inLog(proof.index, seen.checkpoint.size, witnessCount: seen.witnessCount))
        } catch {
            return .failed(.proof(error))
        }
    }

    private mutating func checkpoint(of proof: LogProof) throws(LogProofFlaw) -> Seen {
        if let seen, seen.note == proof.note { return seen }
        do throws(NoteError) {
            let checkpoint = try Checkpoint(proof.note, signedBy: trust.log)
            let witnesses = (try? proof.note.signers(among: trust.witnesses)) ?? []
            let new = Seen(
                note: proof.note, bytes: proof.note.encoded, checkpoint: checkpoint,
                witnessCount: witnesses.count)
            seen = new
            return new
        } catch {
            throw .note(error)
        }
    }
}
