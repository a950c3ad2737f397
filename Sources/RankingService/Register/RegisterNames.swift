import Regulation

/// What the rows of the register name by number: enterprises, texts, shapes and the categories of one series,
/// as a load knows them.
///
/// One load runs at a time, so that it gives out new numbers itself.
final class RegisterNames {
    /// A text is given a number when it is seen for the second time. With so many the table begins anew: a
    /// text then has two numbers, which costs some bytes and nothing else.
    static let textCountMax = 400_000
    /// Places for texts that were seen once: a power of two.
    private static let seenCount = 1 << 19
    /// Longer texts are rarely the same twice.
    static let textByteCountMax = 128
    /// Categories of all series together; see `RegisterID`.
    static let categoryCountMax = 32_767

    struct Category: Sendable {
        let number: Int
        var nextPlace: Int
    }

    private var enterprises: [CreditCode: Int]
    private var texts: ByteTable<Int>
    /// Hashes of texts that were seen once, each in the place that its lowest bits name, where a later one
    /// follows an earlier one.
    private var seenOnce = [Int](repeating: 0, count: seenCount)
    private var shapes: [StandardShape: Int]
    private var categories: ByteTable<Category>
    private var nextEnterprise: Int
    private var nextText: Int
    private var nextShape: Int
    private var nextCategory: Int

    /// What the register has so far, and the numbers that are free.
    init(
        enterprises: [CreditCode: Int], texts: ByteTable<Int>, shapes: [StandardShape: Int],
        categories: ByteTable<Category>,
        free: (enterprise: Int, text: Int, shape: Int, category: Int)
    ) {
        self.enterprises = enterprises
        self.texts = texts
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
    func text(_ text: UnsafeRawBufferPointer, _ batch: inout RegisterBatch) -> Int? {
        // Two bytes are no more than a number.
        guard text.count > 2, text.count <= Self.textByteCountMax else { return nil }
        let hash = ByteTable<Int>.hash(text)
        if let known = texts.place(of: text, hash: hash) { return texts[known] }
        let place = hash & (Self.seenCount - 1)
        guard seenOnce[place] == hash else {
            seenOnce[place] = hash
            return nil
        }
        if texts.count >= Self.textCountMax { texts.removeAll() }
        let id = nextText
        nextText += 1
        texts.insert(text, hash: hash, id)
        batch.texts.append((id, String(decoding: text, as: UTF8.self)))
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
    func place(in name: UnsafeRawBufferPointer, _ batch: inout RegisterBatch) -> RegisterID? {
        let place: Int
        if let known = categories.place(of: name) {
            place = known
        } else {
            guard nextCategory <= Self.categoryCountMax else { return nil }
            place = categories.insert(name, Category(number: nextCategory, nextPlace: 1))
            batch.categories.append((nextCategory, String(decoding: name, as: UTF8.self)))
            nextCategory += 1
        }
        defer { categories[place].nextPlace += 1 }
        return RegisterID(category: categories[place].number, place: categories[place].nextPlace)
    }
}

extension RegisterNames {
    func text(_ text: String, _ batch: inout RegisterBatch) -> Int? {
        var text = text
        return text.withUTF8 { self.text(UnsafeRawBufferPointer($0), &batch) }
    }

    func place(in name: String, _ batch: inout RegisterBatch) -> RegisterID? {
        var name = name
        return name.withUTF8 { place(in: UnsafeRawBufferPointer($0), &batch) }
    }
}
