internal import CQREncode

/// A QR code (ISO/IEC 18004): a square of dark and light modules.
struct QRCode: Hashable {
    /// Modules on a side.
    let width: Int
    /// Rows from the top, each from the left.
    let isDark: [Bool]

    /// Encodes a text; nil when it is longer than a code holds. A quarter of the modules may be lost: marks
    /// are printed, and get dirty.
    init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q) else { return nil }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        let modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        // The lowest bit says dark; the others, what the module is part of.
        isDark = modules.map { $0 & 1 == 1 }
    }

    /// Light modules that must surround a code.
    static let quietZone = 4

    /// An SVG path of the dark modules, a unit each, behind the quiet zone: one stroke for each run in a row.
    var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while column < width, isDark[row * width + column] { column += 1 }
                if column > start {
                    let (x, y, length) = (start + Self.quietZone, row + Self.quietZone, column - start)
                    path += "M\(x) \(y)h\(length)v1h-\(length)z"
                }
                column += 1
            }
        }
        return path
    }
}
