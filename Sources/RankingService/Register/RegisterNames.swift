import Foundation
import Regulation

/// What the rows of the register name by number: enterprises, texts, shapes and the categories of one series,
/// as a load knows them.
///
/// One load runs at a time, so that it gives out new numbers itself.
final class RegisterNames {
    /// A text is given a number when it is seen for the second time; so many that were seen once are
    /// remembered. Beyond, both begin anew: a text then has two numbers, which costs some bytes and nothing
    /// else.
    static let textCountMax = 400_000
    /// Longer texts are rarely the same twice.
    static let textByteCountMax = 128
    /// Categories of all series together; see `RegisterID`.
    static let categoryCountMax = 32_767

    struct Category: Sendable {
        let number: Int
        var nextPlace: Int
    }

    private var enterprises: [CreditCode: Int]
    private var texts: [TextKey: Int]
    private var seenOnce: Set<TextKey> = []
    private var shapes: [StandardShape: Int]
    private var categories: [String: Category]
    private var nextEnterprise: Int
    private var nextText: Int
    private var nextShape: Int
    private var nextCategory: Int

    /// What the register has so far, and the numbers that are free.
    init(
        enterprises: [CreditCode: Int], texts: [String: Int], shapes: [StandardShape: Int],
        categories: [String: Category], free: (enterprise: Int, text: Int, shape: Int, category: Int)
    ) {
        self.enterprises = enterprises
        self.texts = Dictionary(texts.map { (TextKey(text: $0), $1) }) { first, _ in first }
        self.shapes = shapes
        self.categories = categories
        nextEnterprise = free.enterprise
        nextText = free.text
        nextShape = free.shape
        nextCategory = free.category
    }

    func enterprise(_ code: CreditCode, _ batch: inout RegisterBatch) -> Int {
        if let known = enterprises[code] { return known }
        let id = nextEnterprise
        nextEnterprise += 1
        enterprises[code] = id
        batch.enterprises.append((id, code))
        return id
    }

    /// Nil for a text that is to be written out.
    func text(_ text: String, _ batch: inout RegisterBatch) -> Int? {
        let key = TextKey(text: text)
        if let known = texts[key] { return known }
        let byteCount = text.utf8.count
        // Two bytes are no more than a number.
        guard byteCount > 2, byteCount <= Self.textByteCountMax else { return nil }
        guard seenOnce.contains(key) else {
            if seenOnce.count >= Self.textCountMax { seenOnce.removeAll(keepingCapacity: true) }
            seenOnce.insert(key)
            return nil
        }
        seenOnce.remove(key)
        if texts.count >= Self.textCountMax { texts.removeAll(keepingCapacity: true) }
        let id = nextText
        nextText += 1
        texts[key] = id
        batch.texts.append((id, text))
        return id
    }

    func shape(_ shape: StandardShape, _ batch: inout RegisterBatch) -> Int {
        if let known = shapes[shape] { return known }
        let id = nextShape
        nextShape += 1
        shapes[shape] = id
        batch.shapes.append((id, shape))
        return id
    }

    /// A free place in a category; nil when there are too many categories.
    func place(in name: String, _ batch: inout RegisterBatch) -> RegisterID? {
        var category: Category
        if let known = categories[name] {
            category = known
        } else {
            guard nextCategory <= Self.categoryCountMax else { return nil }
            category = Category(number: nextCategory, nextPlace: 1)
            nextCategory += 1
            batch.categories.append((category.number, name))
        }
        defer {
            category.nextPlace += 1
            categories[name] = category
        }
        return RegisterID(category: category.number, place: category.nextPlace)
    }
}

/// A text by its bytes: what is the same to Unicode, and not byte for byte, is two texts here, and nothing is
/// normalised to look it up.
private struct TextKey: Hashable {
    let text: String

    static func == (left: TextKey, right: TextKey) -> Bool {
        var (mine, theirs) = (left.text, right.text)
        return mine.withUTF8 { mine in
            theirs.withUTF8 { theirs in
                guard mine.count == theirs.count else { return false }
                guard let mineStart = mine.baseAddress, let theirStart = theirs.baseAddress else {
                    return mine.isEmpty
                }
                return memcmp(mineStart, theirStart, mine.count) == 0
            }
        }
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
