import Testing
import Wire

@Suite("Trace context")
struct TraceContextTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private static let invalid = [
        "", "00", "00-\(trace)-b7ad6b7169203331", "00-\(trace)-b7ad6b7169203331-0",
        "00-\(trace)-b7ad6b7169203331-01-", "00-\(trace)-b7ad6b7169203331-01-more",
        "00-\(trace)-b7ad6b7169203331-011", "cc-\(trace)-b7ad6b7169203331-01more",
        "ff-\(trace)-b7ad6b7169203331-01", "0x-\(trace)-b7ad6b7169203331-01",
        "00-\(trace.uppercased())-b7ad6b7169203331-01", "00-\(trace)-B7AD6B7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01", "00-\(trace)-0000000000000000-01",
        "00-\(trace)-b7ad6b716920333g-01", "00_\(trace)_b7ad6b7169203331_01", " \(valid)", "\(valid) ",
        "00-\(trace)-b7ad6b7169203331-+1", "00-0af7651916cd43dd8448eb211c8031９-b7ad6b7169203331-01",
    ]

    @Test("a valid traceparent is read and written back as it was")
    func roundTrip() throws {
        let context = try #require(TraceContext(Self.valid))
        #expect(context.traceID.description == Self.trace)
        #expect(context.spanID == 0xb7ad_6b71_6920_3331)
        #expect(context.flags == 1)
        #expect(context.description == Self.valid)
    }

    @Test("leading zeros are kept, and unknown flags passed on")
    func zeros() {
        let text = "00-00000000000000000000000000000001-000000000000000a-fe"
        #expect(TraceContext(text)?.description == text)
    }

    @Test("a later version is read by its first fields and written in ours")
    func later() {
        for text in ["cc-\(Self.trace)-b7ad6b7169203331-01", "01-\(Self.trace)-b7ad6b7169203331-01-more"] {
            #expect(TraceContext(text)?.description == Self.valid)
        }
    }

    @Test("anything else is no traceparent", arguments: TraceContextTests.invalid)
    func refused(text: String) {
        #expect(TraceContext(text) == nil)
    }

    @Test("two traceparents are none")
    func two() {
        var metadata: Metadata = ["TraceParent": Self.valid]
        #expect(TraceContext(metadata) != nil)
        metadata.append(Self.valid, for: "traceparent")
        #expect(TraceContext(metadata) == nil)
    }

    @Test("a child has the trace and the flags of its parent, and a span of its own")
    func child() throws {
        let child = try #require(TraceContext(Self.valid)).child { 0x1234 }
        #expect(child.description == "00-\(Self.trace)-0000000000001234-01")
    }

    @Test("chance that gives nothing but zeros still begins a valid trace")
    func zeroChance() {
        let begun = TraceContext { 0 }
        #expect(TraceContext(begun.description) == begun)
    }
}
