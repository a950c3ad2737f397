import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that only their owner may read, and that never take the place of another.
enum SecretFile {
    static func makeFolder(_ path: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(.badInput, "the folder \(path) cannot be made; check the path and its permissions")
        }
    }

    /// Writes all of the files, or none when one of them exists already.
    static func write(_ files: [(path: String, text: String)]) throws(Failure) {
        for file in files where FileManager.default.fileExists(atPath: file.path) {
            throw Failure(.badInput, "\(file.path) exists and is not overwritten; move it away first")
        }
        for file in files { try create(file.path, file.text) }
    }

    private static func create(_ path: String, _ text: String) throws(Failure) {
        // Exclusive: whoever made the file in between keeps it. Mode 0600: the owner alone.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .badInput, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(text.utf8))
            try file.synchronize()
        } catch {
            throw Failure(.badInput, "\(path) cannot be written: \(error)")
        }
    }
}

/// What a new key is made from, and what hides what personal data were.
enum SecretSeed {
    /// 32 bytes from the system's random numbers.
    @Sendable static func drawn() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

/// Addresses in text.
enum InternetAddress {
    /// Four or sixteen bytes in network order; nil for a name.
    static func bytes(_ text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var sixteen = in6_addr()
        if inet_pton(AF_INET6, text, &sixteen) == 1 { return withUnsafeBytes(of: sixteen) { Array($0) } }
        return nil
    }

    /// Whether a text is a DNS name as it may stand in a certificate.
    static func isName(_ text: String) -> Bool {
        text.utf8.count <= 253
            && text.wholeMatch(
                of: #/[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*/#)
                != nil
    }
}
