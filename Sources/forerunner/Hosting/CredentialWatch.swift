import Dispatch
import Foundation
import Logging
import Wire

/// Keeps a process's certificate up to date: reads the files again on SIGHUP and every minute, and warns
/// before it ends.
struct CredentialWatch {
    private static let lookInterval = Duration.seconds(60)

    let credentials: TLSCredentials
    let logger: Logger

    /// Until the task is cancelled.
    func run() async {
        let (looks, looking) = AsyncStream.makeStream(of: Bool.self)
        let hangup = Self.onHangup { looking.yield(true) }
        let routine = Task {
            while !Task.isCancelled {
                looking.yield(false)
                try? await Task.sleep(for: Self.lookInterval)
            }
        }
        defer {
            hangup.cancel()
            routine.cancel()
        }
        var lastFlaw: CredentialFlaw?
        var warnings = ExpiryWarnings()
        for await isAsked in looks {
            do throws(CredentialFlaw) {
                let isChanged = try credentials.reload()
                lastFlaw = nil
                if isChanged || isAsked { tellInUse(isChanged) }
            } catch {
                if isAsked || lastFlaw != error {
                    logger.error("certificate not reloaded, the former one stays in use: \(error)")
                }
                lastFlaw = error
            }
            let validity = credentials.identity.validity
            if let warning = warnings.due(validity, at: Credentials.now()) {
                logger.warning("\(credentials.files.certificate): \(warning)")
            }
        }
    }

    private func tellInUse(_ isChanged: Bool) {
        let identity = credentials.identity
        logger.notice(
            isChanged ? "certificate reloaded" : "certificate unchanged",
            metadata: [
                "fingerprint": "\(identity.fingerprint)",
                "days-left": "\(identity.validity.daysLeft(at: Credentials.now()))",
            ])
    }

    private static func onHangup(_ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler(handler: body)
        source.resume()
        return source
    }
}

/// When to say that a certificate ends soon: once a day, from thirty days before.
struct ExpiryWarnings {
    private static let daysBefore: Int64 = 30
    private var lastDay: Int64?

    mutating func due(_ validity: CertificateValidity, at now: Int64) -> String? {
        let (left, today) = (validity.daysLeft(at: now), now / 86_400)
        guard left <= Self.daysBefore, lastDay != today else { return nil }
        lastDay = today
        return left < 0
            ? "the certificate has ended: nobody accepts it; replace the files"
            : "the certificate ends in \(left) days; replace the files, they are read again every minute"
    }
}
