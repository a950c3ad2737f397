import Contracts
import Foundation
import RankingService
import RegulatedYear
import Regulation
import Wire

/// The files that a person hands to a command; a bad one is named with the place and the remedy.
enum InputFiles {
    /// Bytes of a file; "bundled:NAME" is one that comes with the program.
    static func bytes(_ path: String, _ what: String) throws(Failure) -> [UInt8] {
        let place = path.hasPrefix("bundled:") ? BundledData.path(String(path.dropFirst(8))) : path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), !isFolder.boolValue
        else {
            throw Failure(.badInput, "\(what) \(path): there is no such file")
        }
        guard let data = FileManager.default.contents(atPath: place) else {
            throw Failure(.badInput, "\(what) \(path) cannot be read; check its permissions")
        }
        return Array(data)
    }

    /// Status lists have some hundred kilobytes; no text that is asked for is larger.
    private static let textByteCountMax = 1 << 21

    /// A text file.
    static func text(_ path: String, _ what: String) throws(Failure) -> String {
        let bytes = try bytes(path, what)
        guard bytes.count <= textByteCountMax, let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.badInput, "\(what) \(path) is no text, or too large for what it should be")
        }
        return text
    }

    /// A scheme file: data, well-formed, and nothing missing that the regulation demands of a scheme.
    static func scheme(_ path: String, _ language: Language) throws(Failure) -> (
        message: EvaluationAPI.EvaluationScheme, scheme: EvaluationScheme
    ) {
        let bytes = try bytes(path, "scheme")
        let message: EvaluationAPI.EvaluationScheme
        let scheme: EvaluationScheme
        do {
            message = try EvaluationAPI.EvaluationScheme.fromJSON(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Failure(.badInput, "scheme \(path): \(error)")
        }
        do {
            scheme = try EvaluationScheme(message)
        } catch {
            throw Failure(.badInput, error.flaws.map { "scheme \(path): \($0)" }.joined(separator: "\n"))
        }
        let findings = SchemeExamination.findings(in: scheme).filter { $0.modality == .must }
        guard findings.isEmpty else {
            throw Failure(
                .badInput,
                findings.map { finding in
                    "scheme \(path): \(finding.subject): "
                        + language.pick(zh: finding.messageZH, en: finding.messageEN)
                        + " (\(finding.citation.section) \(finding.code))"
                }.joined(separator: "\n"))
        }
        return (message, scheme)
    }

    static func profileMessage(_ path: String) throws(Failure) -> StandardsAPI.ImportProfile {
        let bytes = try bytes(path, "profile")
        do {
            return try StandardsAPI.ImportProfile.fromJSON(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Failure(.badInput, "profile \(path): \(error)")
        }
    }

    static func profile(_ path: String, _ language: Language) throws(Failure) -> Profile {
        let message = try profileMessage(path)
        do {
            return try Profile(message)
        } catch {
            throw Failure(
                .badInput,
                error.flaws.map { "profile \(path): " + language.pick(zh: $0.messageZH, en: $0.messageEN) }
                    .joined(separator: "\n"))
        }
    }

    /// Imports a file of declared standards in this process, with progress on the terminal. Undated
    /// references mean the editions in force on the cut-off day, or none without one.
    static func standards(
        _ path: String, profilePath: String, cutoff: CivilDate?, _ language: Language
    ) throws(Failure) -> ImportOutcome {
        var profile = try profile(profilePath, language)
        if let cutoff { profile = profile.resolvingReferences(on: cutoff) }
        let bytes = try bytes(path, "standards")
        let progress = ProgressLine(language.pick(zh: "读取标准", en: "reading standards"))
        defer { progress.finish() }
        do {
            return try StandardsImport.run(
                file: URL(fileURLWithPath: path).lastPathComponent, bytes: bytes, profile: profile
            ) { progress.show(done: $0, of: bytes.count) }
        } catch {
            throw Failure(
                .badInput, "standards \(path): " + language.pick(zh: error.messageZH, en: error.messageEN))
        }
    }
}
