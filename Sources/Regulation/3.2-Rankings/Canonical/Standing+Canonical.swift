extension Standing {
    /// A header, a line "bar, code, last day" for each bar and "blacklisted, code" for each blacklisted
    /// enterprise, by code.
    package var canonicalText: [UInt8] {
        var text = CanonicalText()
        text.line("forerunner-standing/1")
        for (code, lastDay) in bars.sorted(by: { $0.key < $1.key }) {
            text.line("bar", code.text, lastDay.description)
        }
        for code in blacklisted.sorted() { text.line("blacklisted", code.text) }
        return text.bytes
    }
}
