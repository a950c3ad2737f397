import Testing

@testable import RankingService

@Suite("A delivery's rows beside those that stand")
struct ReconciliationTests {
    private static let delivery = 5

    private func digest(_ number: UInt8) -> StandardDigest {
        StandardDigest(Array(repeating: number, count: 32))!
    }

    private func old(
        _ id: Int64, _ content: UInt8, _ models: [String] = ["M"], said: [Int] = [], origin: Int64 = 0
    ) -> Reconciliation.Row {
        .init(id: id, since: 2, origin: origin, digest: digest(content), models: models, fileRows: said)
    }

    private func new(
        _ id: Int64, _ content: UInt8, _ models: [String] = ["M"], row: Int
    ) -> Reconciliation.Row {
        .init(
            id: id, since: Self.delivery, origin: 0, digest: digest(content), models: models,
            fileRows: [row])
    }

    private func found(_ rows: Reconciliation.Row...) -> Reconciliation {
        Reconciliation(rows, delivery: Self.delivery)
    }

    @Test("the same models with another content are the next version")
    func changed() {
        let found = found(old(1, 1), new(9, 2, row: 3))
        #expect(found.successions == [.init(old: 1, new: 9, origin: 1)])
        #expect(found.rejections.isEmpty && found.removed.isEmpty)
    }

    @Test("a version of a version goes back to the first")
    func origin() {
        #expect(found(old(4, 1, origin: 1), new(9, 2, row: 3)).successions.map(\.origin) == [1])
    }

    @Test("one old and one new left of a number are one standard whose models were renamed")
    func renamed() {
        let found = found(old(1, 1, ["A"]), new(9, 2, ["B"], row: 3))
        #expect(found.successions == [.init(old: 1, new: 9, origin: 1)])
    }

    @Test("with several left, nothing says which became which")
    func several() {
        #expect(found(old(1, 1, ["A"]), old(2, 1, ["B"]), new(9, 2, ["C"], row: 3)).successions.isEmpty)
        // One of them is said again: then the other is the one.
        #expect(
            found(old(1, 1, ["A"], said: [1]), old(2, 1, ["B"]), new(9, 2, ["C"], row: 3)).successions
                == [.init(old: 2, new: 9, origin: 2)])
    }

    @Test("rows equal in everything count once, the first in the file")
    func repeated() {
        let twice = found(new(9, 2, row: 8), new(10, 2, row: 3))
        #expect(twice.removed == [9])
        #expect(twice.rejections == [.init(fileRow: 8, flaw: .repeatedRow(first: 3))])
        let unchanged = found(old(1, 1, said: [4, 6, 9]))
        #expect(unchanged.removed.isEmpty && unchanged.unmatched.isEmpty)
        #expect(unchanged.rejections.map(\.fileRow) == [6, 9])
    }

    @Test("rows that contradict each other are all rejected, also one that was there before")
    func contradiction() {
        let fresh = found(new(9, 1, row: 3), new(10, 2, row: 8))
        #expect(fresh.removed == [9, 10])
        #expect(
            fresh.rejections == [
                .init(fileRow: 3, flaw: .contradiction(rows: [3, 8])),
                .init(fileRow: 8, flaw: .contradiction(rows: [3, 8])),
            ])
        let before = found(old(1, 1, said: [3]), new(10, 2, row: 8))
        #expect(before.removed == [10] && before.unmatched == [1])
        #expect(before.rejections.map(\.fileRow) == [3, 8])
        #expect(before.successions.isEmpty)
    }
}
