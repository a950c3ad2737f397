/// A province, autonomous region, municipality or special administrative region; the raw value is its two
/// digits in GB/T 2260.
///
/// 所属省份 of the annex forms is the enterprise's own statement. The digits of its credit code tell where it was
/// first registered, so they may be compared with the statement but never stand in for it.
package enum Province: String, CaseIterable, Hashable, Sendable {
    case beijing = "11"
    case tianjin = "12"
    case hebei = "13"
    case shanxi = "14"
    case innerMongolia = "15"
    case liaoning = "21"
    case jilin = "22"
    case heilongjiang = "23"
    case shanghai = "31"
    case jiangsu = "32"
    case zhejiang = "33"
    case anhui = "34"
    case fujian = "35"
    case jiangxi = "36"
    case shandong = "37"
    case henan = "41"
    case hubei = "42"
    case hunan = "43"
    case guangdong = "44"
    case guangxi = "45"
    case hainan = "46"
    case chongqing = "50"
    case sichuan = "51"
    case guizhou = "52"
    case yunnan = "53"
    case tibet = "54"
    case shaanxi = "61"
    case gansu = "62"
    case qinghai = "63"
    case ningxia = "64"
    case xinjiang = "65"
    case taiwan = "71"
    case hongKong = "81"
    case macao = "82"

    /// The full or the short name, blanks around it not counted.
    package init?(matching name: String) {
        var key = Substring(name)
        while let first = key.first, first.isWhitespace { key.removeFirst() }
        while let last = key.last, last.isWhitespace { key.removeLast() }
        guard let province = Self.byName[String(key)] else { return nil }
        self = province
    }

    /// The province of a division code of two digits or more; nil for "10…", the national registry.
    package init?(regionDigits digits: String) {
        self.init(rawValue: String(digits.prefix(2)))
    }

    package var code: String { rawValue }

    package var shortName: String {
        switch self {
        case .beijing: "北京"
        case .tianjin: "天津"
        case .hebei: "河北"
        case .shanxi: "山西"
        case .innerMongolia: "内蒙古"
        case .liaoning: "辽宁"
        case .jilin: "吉林"
        case .heilongjiang: "黑龙江"
        case .shanghai: "上海"
        case .jiangsu: "江苏"
        case .zhejiang: "浙江"
        case .anhui: "安徽"
        case .fujian: "福建"
        case .jiangxi: "江西"
        case .shandong: "山东"
        case .henan: "河南"
        case .hubei: "湖北"
        case .hunan: "湖南"
        case .guangdong: "广东"
        case .guangxi: "广西"
        case .hainan: "海南"
        case .chongqing: "重庆"
        case .sichuan: "四川"
        case .guizhou: "贵州"
        case .yunnan: "云南"
        case .tibet: "西藏"
        case .shaanxi: "陕西"
        case .gansu: "甘肃"
        case .qinghai: "青海"
        case .ningxia: "宁夏"
        case .xinjiang: "新疆"
        case .taiwan: "台湾"
        case .hongKong: "香港"
        case .macao: "澳门"
        }
    }

    package var fullName: String {
        switch self {
        case .beijing, .tianjin, .shanghai, .chongqing: shortName + "市"
        case .innerMongolia, .tibet: shortName + "自治区"
        case .guangxi: shortName + "壮族自治区"
        case .ningxia: shortName + "回族自治区"
        case .xinjiang: shortName + "维吾尔自治区"
        case .hongKong, .macao: shortName + "特别行政区"
        case .hebei, .shanxi, .liaoning, .jilin, .heilongjiang, .jiangsu, .zhejiang, .anhui, .fujian,
            .jiangxi,
            .shandong, .henan, .hubei, .hunan, .guangdong, .hainan, .sichuan, .guizhou, .yunnan, .shaanxi,
            .gansu,
            .qinghai, .taiwan:
            shortName + "省"
        }
    }

    private static let byName: [String: Province] = {
        var byName: [String: Province] = [:]
        for province in allCases {
            byName[province.shortName] = province
            byName[province.fullName] = province
        }
        return byName
    }()
}
