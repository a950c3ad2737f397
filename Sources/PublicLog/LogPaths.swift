/// Where a log's files lie in a data folder, beside the record of the same role.
package struct LogPaths: Sendable, Hashable {
    /// What everybody may read.
    package let folder: String
    /// How far was published; never part of a backup.
    package let published: String
    /// The private key, mode 0600; never part of a backup either.
    package let key: String

    package init(dataFolder: String, role: String) {
        folder = dataFolder + "/\(role).log"
        published = dataFolder + "/\(role).published.sqlite"
        key = dataFolder + "/\(role).log.key"
    }
}
