internal import Wire

/// Reads newline-delimited JSON: each line an object of scalars, as it arrives, in pieces of any size.
///
/// A record holds the wanted members in the given order; an absent member and `null` are empty fields,
/// numbers keep their written form. Empty lines are no records. There is no header: rows count from 1.
package struct NDJSONReader: Sendable {
    private let names: [String]
    private let limits: ImportLimits
    /// Bytes of the line that is not yet complete.
    private var pending: [UInt8] = []
    private var isTooLong = false
    private var scanner: NDJSONScanner
    private var record = FieldRecord()
    private var line = 1
    /// Names that occurred in the file, wanted or not.
    package var namesSeen: Set<String> { scanner.namesSeen }

    package init(names: [String], limits: ImportLimits = ImportLimits()) {
        self.names = names
        self.limits = limits
        scanner = NDJSONScanner(names: names)
        record.restart(row: 1, line: 1)
    }

    /// Hands every record that is complete with these bytes to `take`.
    package mutating func feed<Failure: Error>(
        _ bytes: UnsafeBufferPointer<UInt8>, take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        while start < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[start...])
            guard let length = ByteSearch.offset(of: UInt8(ascii: "\n"), in: rest) else {
                keep(rest)
                return
            }
            let line = UnsafeBufferPointer(rebasing: rest[..<length])
            start += length + 1
            if pending.isEmpty, !isTooLong, scan(line) {
                try endRecord(take)
            } else {
                keep(line)
                try endLine(take)
            }
        }
    }

    /// The file is over: a last line without a line end is still read.
    package mutating func finish<Failure: Error>(
        take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) {
        if !pending.isEmpty || isTooLong { try endLine(take) }
    }

    private mutating func keep(_ run: UnsafeBufferPointer<UInt8>) {
        if pending.count + run.count > limits.recordByteCountMax {
            isTooLong = true
        } else {
            pending.append(contentsOf: run)
        }
    }

    private mutating func endLine<Failure: Error>(
        _ take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) {
        let isBlank = pending.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        if isTooLong {
            record.flaw = .recordTooLong(byteCountMax: limits.recordByteCountMax)
        } else if !isBlank {
            let isScanned = pending.withUnsafeBufferPointer { scan($0) }
            if !isScanned { readObject() }
        }
        if isTooLong || !isBlank {
            try endRecord(take)
        } else {
            line += 1
            record.restart(row: record.row, line: line)
        }
        pending.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    private mutating func endRecord<Failure: Error>(
        _ take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) {
        try take(record)
        line += 1
        record.restart(row: record.row + 1, line: line)
    }

    /// Reads an object as nearly all are written; false when it is not, and `readObject()` has to say.
    private mutating func scan(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard line.count <= limits.plainLineByteCountMax,
            scanner.scan(line, memberCountMax: limits.fieldCountMax, &record.ranges)
        else {
            record.ranges.removeAll(keepingCapacity: true)
            return false
        }
        record.bytes.append(contentsOf: line)
        return true
    }

    private mutating func readObject() {
        let members: [JSONMember]
        do {
            guard case .object(let found) = try JSONReader.read(pending).value else {
                record.flaw = .notAnObject(reason: "1:1: expected an object")
                return
            }
            members = found
        } catch {
            record.flaw = .notAnObject(reason: error.description)
            return
        }
        guard members.count <= limits.fieldCountMax else {
            record.flaw = .tooManyFields(countMax: limits.fieldCountMax)
            return
        }
        var texts: [String: String] = [:]
        for member in members {
            scanner.learn(member.name)
            guard let text = scalar(member.node.value) else {
                record.flaw = .nestedValue(name: member.name)
                return
            }
            texts[member.name] = text
        }
        for (index, name) in names.enumerated() {
            let text = texts[name] ?? ""
            if text.utf8.count > limits.fieldByteCountMax {
                record.flaw = .fieldTooLong(field: index, byteCountMax: limits.fieldByteCountMax)
                return
            }
            let start = record.bytes.count
            record.bytes.append(contentsOf: text.utf8)
            record.ranges.append(start..<record.bytes.count)
        }
    }

    /// The text of a scalar; nil for an object or a list.
    private func scalar(_ value: JSONValue) -> String? {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "true" : "false"
        case .number(let text), .text(let text): text
        case .array, .object: nil
        }
    }
}
