import Transparency

/// A log and a witness with known seeds, and the checkpoint that both have signed: the example of the tree of
/// eight entries that implementations of RFC 6962 test with.
struct NoteStage {
    static let logKey = "titles.example/log+619252af+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    static let witnessKey = "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
    static let published = """
        titles.example/log
        8
        XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

        — titles.example/log YZJSr9y0idGTIRn06Ydyqg2wdfJ35fvSOFYYe5crdNjSA7WXE9t5D+fmHYSjQb5hPv4t12ME3LxARdA0\
        xxCetZKxhQA=
        — witness.example/w1 3xwKNQAAAABqsTuAWr8cg5bse9EbA3dqrfMJnj0q3SGzcXc4hzt6k1Cjz58uqQRv0+dMet5uRdUMPKXY\
        1/IW9tRJblP2FiderH2YCg==

        """

    let log: LogSigner
    let witness: WitnessSigner
    let checkpoint: Checkpoint

    init() {
        let (logName, witnessName) = (NoteKeyName("titles.example/log"), NoteKeyName("witness.example/w1"))
        guard let logName, let witnessName,
            let log = LogSigner(name: logName, seed: Array(repeating: 1, count: 32)),
            let witness = WitnessSigner(name: witnessName, seed: Array(repeating: 2, count: 32))
        else { preconditionFailure("names and seeds are well-formed") }
        self.log = log
        self.witness = witness
        let tree = MerkleTree(PublishedTree.entries.map { MerkleHash.leaf($0) })
        checkpoint = Checkpoint(origin: logName, size: tree.size, root: tree.root)
    }
}
