import Dispatch
import Synchronization

/// Work that is split over the cores.
enum Cores {
    /// Splits `count` things into as many stretches as there are cores to use; answers what each came to, in
    /// their order.
    static func map<Result: Sendable, Failure: Error>(
        _ count: Int, onCores cores: Int,
        _ body: @Sendable (Range<Int>) throws(Failure) -> Result
    ) throws(Failure) -> [Result] {
        let parts = max(1, min(cores, count))
        guard parts > 1 else { return [try body(0..<count)] }
        let results = Mutex([Swift.Result<Result, Failure>?](repeating: nil, count: parts))
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let range = count * part / parts..<count * (part + 1) / parts
            let result = Swift.Result { () throws(Failure) in try body(range) }
            results.withLock { $0[part] = result }
        }
        var all: [Result] = []
        for result in results.withLock({ $0 }) {
            if let result { all.append(try result.get()) }
        }
        return all
    }

    /// As many things as `count`, made on several cores and put where they stay: `body` appends one for each
    /// of its range, in order, or throws.
    static func collect<Element: Sendable, Failure: Error>(
        _ count: Int, onCores cores: Int,
        _ body: @Sendable (Range<Int>, _ append: (consuming Element) -> Void) throws(Failure) -> Void
    ) throws(Failure) -> [Element] {
        guard count > 0 else { return [] }
        var failure: Failure?
        let elements = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            let places = Places(base: base)
            let made = map(count, onCores: cores) { places.fill($0, body) }
            failure = made.lazy.compactMap(\.failure).first
            initialized = failure == nil ? count : 0
            guard failure != nil else { return }
            for part in made { (base + part.start).deinitialize(count: part.count) }
        }
        if let failure { throw failure }
        return elements
    }

    /// Memory of an array under way, of which each core fills another stretch.
    private struct Places<Element: Sendable>: @unchecked Sendable {
        let base: UnsafeMutablePointer<Element>

        func fill<Failure: Error>(
            _ range: Range<Int>,
            _ body: (Range<Int>, _ append: (consuming Element) -> Void) throws(Failure) -> Void
        ) -> (start: Int, count: Int, failure: Failure?) {
            var next = range.lowerBound
            do throws(Failure) {
                try body(range) { element in
                    precondition(next < range.upperBound, "one element for each of the range")
                    (base + next).initialize(to: element)
                    next += 1
                }
                precondition(next == range.upperBound, "one element for each of the range")
                return (range.lowerBound, next - range.lowerBound, nil)
            } catch {
                return (range.lowerBound, next - range.lowerBound, error)
            }
        }
    }
}
