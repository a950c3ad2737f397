/// Why nothing at all can be taken from a file.
package enum ImportFailure: Error, Sendable, Hashable {
    case emptyFile
    /// The header is no UTF-8; the file may be GB 18030.
    case headerNotUTF8
    /// The header breaks a bound of the reader.
    case headerUnreadable(RecordFlaw)
    case truncated(Truncation)
    case gzip(GzipFlaw)
    case tooManyRows(countMax: Int)
    case profile(ProfileFlaws)
}

extension ImportFailure {
    package var messageEN: String {
        switch self {
        case .emptyFile: "the file is empty"
        case .headerNotUTF8: "the header is not UTF-8; convert the file, as with `iconv -f GB18030 -t UTF-8`"
        case .headerUnreadable(let flaw): "the header cannot be read: \(RowFlaw.of(flaw).flaw.messageEN)"
        case .truncated(let place):
            "the file ends inside a quoted field: record \(place.row) from line \(place.line), quote opened "
                + "on line \(place.quoteLine); the file is cut off, or a quote is never closed"
        case .gzip(.corrupt(let at)): "the gzip file is damaged at byte \(at)"
        case .gzip(.truncated(let at)): "the gzip file is cut off after byte \(at)"
        case .gzip(.tooLarge(let max)): "the gzip file unpacks to more than \(max) bytes"
        case .gzip(.bomb(let max)): "the gzip file unpacks to more than \(max) times its size"
        case .gzip(.unavailable(let status)): "zlib refused to start (status \(status))"
        case .tooManyRows(let max): "the file has more than \(max) rows"
        case .profile(let flaws): flaws.flaws.map(\.messageEN).joined(separator: "\n")
        }
    }

    package var messageZH: String {
        switch self {
        case .emptyFile: "文件为空"
        case .headerNotUTF8: "表头不是UTF-8编码，请先转换，例如iconv -f GB18030 -t UTF-8"
        case .headerUnreadable(let flaw): "表头无法读取：\(RowFlaw.of(flaw).flaw.messageZH)"
        case .truncated(let place):
            "文件在引号内结束：第\(place.row)条记录（第\(place.line)行起），引号始于第\(place.quoteLine)行；文件不完整，或引号没有闭合"
        case .gzip(.corrupt(let at)): "gzip文件在第\(at)字节处损坏"
        case .gzip(.truncated(let at)): "gzip文件在第\(at)字节后中断"
        case .gzip(.tooLarge(let max)): "gzip文件解压后超过\(max)字节"
        case .gzip(.bomb(let max)): "gzip文件解压后超过自身的\(max)倍"
        case .gzip(.unavailable(let status)): "zlib无法启动（状态\(status)）"
        case .tooManyRows(let max): "文件超过\(max)行"
        case .profile(let flaws): flaws.flaws.map(\.messageZH).joined(separator: "\n")
        }
    }
}
