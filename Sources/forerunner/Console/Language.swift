import ArgumentParser
import Foundation

/// The language of words for people: by `--lang`, else by the environment's LANG, else English.
enum Language: String, CaseIterable, ExpressibleByArgument {
    case zh, en

    static func preferred(_ asked: Language?) -> Language {
        if let asked { return asked }
        let environment = ProcessInfo.processInfo.environment
        let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
        return locale.lowercased().hasPrefix("zh") ? .zh : .en
    }

    func pick(zh: String, en: String) -> String {
        switch self {
        case .zh: zh
        case .en: en
        }
    }
}

/// The option every command takes.
struct LanguageOption: ParsableArguments {
    @Option(name: .customLong("lang"), help: "Language of messages: zh or en (default: by LANG).")
    var asked: Language?

    var language: Language { .preferred(asked) }
}
