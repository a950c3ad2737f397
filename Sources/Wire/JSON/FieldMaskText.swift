/// google.protobuf.FieldMask as text: lowerCamelCase paths with commas between, as in "title,keyField.code".
enum FieldMaskText {
    /// nil for a path that would not come back as it was: one with capitals, a comma, or an underscore that
    /// no small letter follows, and the empty one.
    static func text(_ paths: [String]) -> String? {
        var text = ""
        for (index, path) in paths.enumerated() {
            let camel = FieldName.lowerCamel(path)
            guard !path.isEmpty, !path.utf8.contains(UInt8(ascii: ",")),
                FieldName.snake(camel).utf8.elementsEqual(path.utf8)
            else { return nil }
            text += (index == 0 ? "" : ",") + camel
        }
        return text
    }

    /// nil for a path with an underscore, and for an empty one among others.
    static func parse(_ text: String) -> [String]? {
        guard !text.isEmpty else { return [] }
        var paths: [String] = []
        for path in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard !path.isEmpty, !path.contains(UInt8(ascii: "_")) else { return nil }
            paths.append(FieldName.snake(String(Substring(path))))
        }
        return paths
    }
}
