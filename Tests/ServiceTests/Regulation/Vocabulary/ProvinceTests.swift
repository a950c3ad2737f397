import Regulation
import Testing

@Suite("Provinces")
struct ProvinceTests {
    @Test("there are thirty-four, each found by its full name, its short name and its digits")
    func all() {
        #expect(Province.allCases.count == 34)
        for province in Province.allCases {
            #expect(Province(matching: province.fullName) == province)
            #expect(Province(matching: " \(province.shortName)\u{3000}") == province)
            #expect(Province(regionDigits: province.code + "0105") == province)
            #expect(province.fullName.hasPrefix(province.shortName))
        }
        #expect(Set(Province.allCases.map(\.shortName)).count == 34)
    }

    @Test(
        "names of the five autonomous regions and the special ones are whole",
        arguments: [
            ("45", "广西壮族自治区"), ("65", "新疆维吾尔自治区"), ("64", "宁夏回族自治区"), ("15", "内蒙古自治区"),
            ("54", "西藏自治区"), ("81", "香港特别行政区"), ("11", "北京市"), ("23", "黑龙江省"), ("71", "台湾省"),
        ])
    func names(code: String, name: String) {
        #expect(Province(rawValue: code)?.fullName == name)
    }

    @Test(
        "the national registry and unknown names are no province", arguments: ["100000", "10", "", "1", "99"])
    func none(digits: String) {
        #expect(Province(regionDigits: digits) == nil)
        #expect(Province(matching: digits) == nil)
    }
}
