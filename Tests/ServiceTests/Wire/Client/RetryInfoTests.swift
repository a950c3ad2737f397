import Testing
import Wire

@Suite("RetryInfo in a status")
struct RetryInfoTests {
    @Test(
        "is written as protobuf wants, and read back",
        arguments: [
            (Duration.zero, "0a00"), (.seconds(5), "0a020805"), (.milliseconds(250), "0a05 1080e59a77"),
            (.seconds(1) + .nanoseconds(1), "0a0408011001"),
            (.seconds(-1), "0a0b08ffffffffffffffffff01"),
        ])
    func golden(delay: Duration, hex: String) {
        let detail = RetryInfo(delay: delay).detail
        #expect(detail.value == wireBytes(hex))
        #expect(RetryInfo(detail)?.delay == delay)
    }

    @Test("the first one of a status counts, other details are passed over")
    func first() {
        let other = StatusDetail(typeURL: "type.googleapis.com/google.rpc.ErrorInfo", value: [1])
        let status = RPCStatus(
            code: .unavailable, message: "",
            details: [other, RetryInfo(delay: .seconds(1)).detail, RetryInfo(delay: .seconds(2)).detail])
        #expect(RetryInfo(status)?.delay == .seconds(1))
        #expect(RetryInfo(RPCStatus(code: .unavailable, message: "", details: [other])) == nil)
    }

    @Test("one that cannot be read says: not at all", arguments: ["0a", "0a02 08", "ff"])
    func malformed(hex: String) {
        let detail = StatusDetail(typeURL: RetryInfo.typeURL, value: wireBytes(hex))
        #expect(RetryInfo(detail).map { $0.delay < .zero } == true)
    }

    @Test("seconds and nanoseconds beyond any clock neither trap nor wrap into a wait")
    func enormous() throws {
        let detail = StatusDetail(
            typeURL: RetryInfo.typeURL, value: wireBytes("0a0a08ffffffffffffffff7f"))
        #expect(try #require(RetryInfo(detail)).delay > .seconds(1_000_000))
    }
}
