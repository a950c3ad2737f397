/// Character references of HTML as registries leave them in their exports: `&amp;`, `&reg;`, `&#174;`,
/// `&#xAE;`.
///
/// Only references closed by a semicolon are taken, each once ("&amp;reg;" becomes "&reg;"); what is no
/// reference stays as it is.
enum HTMLEntity {
    /// The longest reference, without ampersand and semicolon: "thetasym", "#1114111".
    private static let lengthMax = 8

    static func decode(_ text: String) -> String {
        var decoded = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(of: "&") {
            decoded.append(contentsOf: rest[..<start])
            let body = rest[start...].dropFirst()
            let name = body.prefix(lengthMax + 1).prefix { $0 != ";" && $0 != "&" }
            if name.endIndex < rest.endIndex, rest[name.endIndex] == ";", let scalar = scalar(String(name)) {
                decoded.append(scalar)
                rest = rest[rest.index(after: name.endIndex)...]
            } else {
                decoded.append("&")
                rest = body
            }
        }
        decoded.append(contentsOf: rest)
        return String(decoded)
    }

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return named[name] }
        let digits = name.dropFirst()
        let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
        let number = isHex ? digits.dropFirst() : digits
        guard number.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let value = UInt32(number, radix: isHex ? 16 : 10), value != 0
        else { return nil }
        return Unicode.Scalar(value)
    }

    private static let named: [String: Unicode.Scalar] = {
        var named = others
        for (offset, name) in latin1.split(separator: " ").enumerated() {
            named[String(name)] = Unicode.Scalar(0xA0 + UInt32(offset))
        }
        return named
    }()

    /// U+00A0 to U+00FF, in order.
    private static let latin1 = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr \
        deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
        Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
        ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
        agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml \
        eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """

    private static let others: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
        "trade": "\u{2122}", "hellip": "\u{2026}", "bull": "\u{2022}", "euro": "\u{20AC}",
        "ndash": "\u{2013}", "mdash": "\u{2014}", "lsquo": "\u{2018}", "rsquo": "\u{2019}",
        "sbquo": "\u{201A}", "ldquo": "\u{201C}", "rdquo": "\u{201D}", "bdquo": "\u{201E}",
        "prime": "\u{2032}", "Prime": "\u{2033}", "permil": "\u{2030}",
        "le": "\u{2264}", "ge": "\u{2265}", "ne": "\u{2260}", "asymp": "\u{2248}", "infin": "\u{221E}",
        "minus": "\u{2212}", "radic": "\u{221A}", "Delta": "\u{394}", "Omega": "\u{3A9}",
        "alpha": "\u{3B1}", "beta": "\u{3B2}", "eta": "\u{3B7}", "lambda": "\u{3BB}", "mu": "\u{3BC}",
        "omega": "\u{3C9}", "phi": "\u{3C6}", "pi": "\u{3C0}",
        "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwnj": "\u{200C}", "zwj": "\u{200D}",
    ]
}
