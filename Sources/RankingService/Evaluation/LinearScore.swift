internal import Regulation

/// The score of a number between its limits, in ten-thousandths, by whole numbers.
enum LinearScore {
    /// `value` and the limits' keys are on one scale, more being better; a key's lowest bit is its
    /// sign, which scores do not see.
    static func score<Key>(of value: Key, _ limits: VariantKeys<Key>) -> Int32 {
        let baseline = limits.baseline.map { $0.key >> 1 }
        let average = limits.average.map { $0.key >> 1 }
        let advanced = limits.advanced.map { $0.key >> 1 }
        if let advanced, value >= advanced { return whole(IndicatorScore.advanced) }
        if let average, value >= average {
            guard let advanced else { return whole(IndicatorScore.average) }
            return between(value, average, IndicatorScore.average, advanced, IndicatorScore.advanced)
        }
        if let baseline, value >= baseline {
            if let average {
                return between(value, baseline, IndicatorScore.baseline, average, IndicatorScore.average)
            }
            if let advanced {
                return between(value, baseline, IndicatorScore.baseline, advanced, IndicatorScore.advanced)
            }
        }
        return whole(IndicatorScore.baseline)
    }

    private static func whole(_ points: Int) -> Int32 { Int32(points * JudgedColumn.unit) }

    /// `low` <= `value` < `high`. Rounded half-even: the points at the ends are even, so only the part
    /// on top decides.
    private static func between<Key: FixedWidthInteger & SignedInteger>(
        _ value: Key, _ low: Key, _ lowPoints: Int, _ high: Key, _ highPoints: Int
    ) -> Int32 {
        let rise = (highPoints - lowPoints) * JudgedColumn.unit
        let run = high - low
        let part = value - low
        // 2^44 times 400,000 has room in 63 bits.
        if run < 1 << 44 {
            return whole(lowPoints)
                + Int32(truncatingIfNeeded: HalfEven.quotient(Int64(part) * Int64(rise), Int64(run)))
        }
        return whole(lowPoints)
            + Int32(truncatingIfNeeded: HalfEven.quotient(Int128(part) * Int128(rise), Int128(run)))
    }
}
