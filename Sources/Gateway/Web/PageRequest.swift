import Hummingbird

// What a page reads from the address it was asked under.
extension Request {
    /// Unicode scalars of a query that are looked at; the longest thing looked for is an enterprise's name.
    private static var scalarCountMax: Int { 200 }
    /// No list has so many pages; the offset of the last one still fits the question sent on.
    private static var pageNumberMax: Int { 10_000_000 }

    /// One-based number of the page asked for; the first one when it is no number or none at all.
    var pageNumber: Int {
        let asked = uri.queryParameters.get("page", as: Int.self) ?? 1
        return min(max(1, asked), Self.pageNumberMax)
    }

    /// A text of the query without control characters; empty when it is not there.
    func text(_ name: String) -> String { text(name, scalarCountMax: Self.scalarCountMax) }

    func text(_ name: String, scalarCountMax: Int) -> String {
        let scalars = (uri.queryParameters.get(name) ?? "").unicodeScalars
            .filter { $0.properties.generalCategory != .control }
        return String(String.UnicodeScalarView(scalars.prefix(scalarCountMax)))
    }
}
