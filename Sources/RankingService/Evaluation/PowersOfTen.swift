/// 10^0 … 10^18.
enum PowersOfTen {
    static let wide: [Int128] = (0..<18).reduce(into: [1]) { powers, place in
        powers.append(powers[place] * 10)
    }
}
