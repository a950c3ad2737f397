import Testing
import Wire

@Suite("Names in a certificate")
struct CertificateNamesTests {
    private func names(_ uris: [String], addresses: [[UInt8]] = []) throws -> CertificateNames {
        try CertificateNames(uris: uris.map { Array($0.utf8) }, hosts: [], addresses: addresses)
    }

    @Test("as many and as long as the limits are read, one more is not")
    func bounds() throws {
        let longest = "urn:" + String(repeating: "x", count: 252)
        #expect(try names([longest]).uris == [longest])
        #expect(throws: CertificateNamesFlaw.tooLong(257)) { try names([longest + "x"]) }
        #expect(try names(Array(repeating: "urn:x", count: 64)).uris.count == 64)
        #expect(throws: CertificateNamesFlaw.tooMany(65)) { try names(Array(repeating: "urn:x", count: 65)) }
        #expect(throws: CertificateNamesFlaw.tooMany(65)) {
            try names(["urn:x"], addresses: Array(repeating: [127, 0, 0, 1], count: 64))
        }
    }

    @Test(
        "a name that could deceive whoever reads or logs it is not taken",
        arguments: ["urn:a b", "urn:a\0b", "urn:a\nb", "urn:领跑者", "urn:\u{7F}", "\u{FEFF}urn:a"])
    func characters(name: String) {
        #expect(throws: CertificateNamesFlaw.notPrintable) { try names([name]) }
    }

    @Test("an address of neither length is passed over")
    func addresses() throws {
        let odd = try names([], addresses: [[127, 0, 0], [127, 0, 0, 1], Array(repeating: 0, count: 16)])
        #expect(odd.addresses.map(\.count) == [4, 16])
    }
}
