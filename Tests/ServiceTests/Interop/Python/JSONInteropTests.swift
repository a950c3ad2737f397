import Testing
import Wire

/// Our JSON mapping against that of Python's protobuf, both ways.
@Suite(
    "JSON mapping and Python's",
    .enabled(
        if: PythonPeer.interpreter != nil && PythonPeer.protoc != nil,
        "no python3 with google.protobuf, or no protoc: install python3-protobuf and protobuf-compiler"))
struct JSONInteropTests {
    private static let caseCount: UInt64 = 120

    @Test("random messages mean the same to both, in JSON and in bytes, whoever wrote them")
    func randomMessages() throws {
        let python = try PythonPeer()
        defer { python.close() }
        let options = JSONOptions(
            names: try JSONNames(fileDescriptorSet: python.descriptorSet),
            messages: TestMessages.message(fullName:))
        for seed in 0..<Self.caseCount {
            for message in [TestMessages.kinds, TestMessages.all[Int(seed) % TestMessages.all.count]] {
                try agree(python, seed, message, options)
            }
        }
    }

    private func agree(
        _ python: PythonPeer, _ seed: UInt64, _ message: MessageDescriptor, _ options: JSONOptions
    ) throws {
        var generator = RandomJSON(seed: seed)
        let json = generator.text(message)
        let note = "seed \(seed), \(message.fullName): \(json.prefix(2000))"
        let binary = try JSONMapping.decode(json: json, descriptor: message, options: options)
        let ours = try JSONMapping.encode(serialized: binary, descriptor: message, options: options)
        // What Python reads of the same JSON is what it reads of our bytes, and of our JSON.
        guard case .message(let canonical, let theirs) = try python.parse(binary: binary, as: message) else {
            Issue.record("Python refuses our bytes: \(note)")
            return
        }
        for text in [json, ours] {
            guard case .message(let bytes, _) = try python.parse(json: text, as: message) else {
                Issue.record("Python refuses \(try python.parse(json: text, as: message)), \(text): \(note)")
                continue
            }
            #expect(bytes == canonical, "\(text.prefix(2000)), \(note)")
        }
        // What we read of Python's JSON is the same again, and our JSON of Python's bytes too.
        let again = try JSONMapping.decode(json: theirs, descriptor: message, options: options)
        guard case .message(let settled, _) = try python.parse(binary: again, as: message) else {
            Issue.record("Python refuses our bytes of its JSON: \(theirs), \(note)")
            return
        }
        #expect(settled == canonical, "\(theirs), \(note)")
        let canonicalJSON = try JSONMapping.encode(
            serialized: canonical, descriptor: message, options: options)
        guard case .message(let bytes, _) = try python.parse(json: canonicalJSON, as: message) else {
            Issue.record("Python refuses our JSON of its bytes: \(canonicalJSON), \(note)")
            return
        }
        #expect(bytes == canonical, "\(canonicalJSON), \(note)")
    }

    /// Texts that both take or both refuse.
    private static let texts: [(MessageDescriptor, [String])] = [
        (
            TestMessages.scalars,
            [
                "", "{", "null", "1", #"{"fInt32":1.5}"#, #"{"fInt32":1e2}"#, #"{"fInt32":2147483648}"#,
                #"{"fInt32":"1.5"}"#, #"{"fInt32":" 1"}"#, #"{"fInt32":true}"#, #"{"fUint32":-1}"#,
                #"{"fInt64":9223372036854775808}"#, #"{"fUint64":"18446744073709551616"}"#,
                #"{"fFloat":3.5e38}"#, #"{"fFloat":"Infinity"}"#, #"{"fDouble":NaN}"#, #"{"fBool":"true"}"#,
                #"{"fBool":1}"#, #"{"fString":1}"#, #"{"fBytes":1}"#, #"{"fBytes":"-_8"}"#,
                #"{"fString":"\ud83c"}"#,
                #"{"colour":"COLOUR_BLUE"}"#, #"{"colour":1}"#, #"{"colour":99}"#, #"{"x":1}"#,
                #"{"fInt32":null}"#,
                #"{"fInt32":1,"fInt32":2}"#, #"{"fInt32":1,}"#,
                #"{"F_INT32":1}"#,
            ]
        ),
        (
            TestMessages.maps,
            [
                #"{"byInt32":{"a":1}}"#, #"{"byInt32":[]}"#, #"{"byBool":{"True":""}}"#,
                #"{"byBool":{"1":""}}"#,
                #"{"byString":{"a":"","a":""}}"#, #"{"messages":{"a":null}}"#, #"{"values":{"a":null}}"#,
                #"{"byUint32":{"-1":0}}"#,
            ]
        ),
        (
            TestMessages.lists,
            [
                #"{"doubles":[null]}"#, #"{"doubles":null}"#, #"{"doubles":1}"#, #"{"scalars":[null]}"#,
                #"{"values":[null]}"#, #"{"strings":[["a"]]}"#,
            ]
        ),
        (
            TestMessages.choices,
            [#"{"fInt32":1,"fBool":true}"#, #"{"fNull":null}"#, #"{"fInt32":null,"fBool":true}"#]
        ),
        (
            TestMessages.wellKnown,
            [
                #"{"timestamp":"2025-06-03"}"#, #"{"timestamp":"2025-06-03T00:00:00"}"#,
                #"{"timestamp":"2025-02-30T00:00:00Z"}"#, #"{"timestamp":"2025-06-03t00:00:00Z"}"#,
                #"{"timestamp":"2025-06-03T00:00:00z"}"#, #"{"timestamp":"2025-06-03T00:00:00.1234567890Z"}"#,
                #"{"timestamp":"0000-01-01T00:00:00Z"}"#, #"{"timestamp":"9999-12-31T23:59:59.999999999Z"}"#,
                #"{"timestamp":1}"#, #"{"duration":"1"}"#, #"{"duration":"1s"}"#,
                #"{"duration":"315576000001s"}"#,
                #"{"duration":"0.5s"}"#, #"{"fieldMask":"a_b"}"#, #"{"fieldMask":"a,bC"}"#,
                #"{"structure":[]}"#,
                #"{"list":{}}"#, #"{"boxedInt32":"x"}"#, #"{"boxedInt32":null}"#, #"{"empty":{"a":1}}"#,
                #"{"any":{"@type":"google.protobuf.Nothing"}}"#, #"{"any":{"a":1}}"#, #"{"any":{}}"#,
                #"{"any":{"@type":"type.googleapis.com/forerunner.test.Scalars","x":1}}"#, #"{"fNull":null}"#,

            ]
        ),
    ]

    /// What means nothing, or two things, and Python takes all the same.
    private static let strict: [(MessageDescriptor, String)] = [
        (TestMessages.scalars, "[]"), (TestMessages.scalars, #"{"fDouble":"inf"}"#),
        (TestMessages.scalars, #"{"fInt32":1,"f_int32":2}"#), (TestMessages.wellKnown, #"{"fNull":1.5}"#),
        (TestMessages.wellKnown, #"{"fieldMask":"a,,b"}"#), (TestMessages.names, #"{"renamed":"\u0000"}"#),
        (TestMessages.wellKnown, #"{"fValue":1e400}"#),
    ]

    @Test("what only Python takes is refused on purpose")
    func strictness() throws {
        let python = try PythonPeer()
        defer { python.close() }
        for (message, text) in Self.strict {
            #expect(throws: JSONMappingError.self, "\(text)") {
                try JSONMapping.decode(json: text, descriptor: message, options: TestMessages.options)
            }
            guard case .message = try python.parse(json: text, as: message) else {
                Issue.record("Python refuses \(text) too: move it to the others")
                continue
            }
        }
    }

    @Test("both take or refuse the same texts")
    func refusals() throws {
        let python = try PythonPeer()
        defer { python.close() }
        for (message, texts) in Self.texts {
            for text in texts {
                let ours = try? JSONMapping.decode(
                    json: text, descriptor: message, options: TestMessages.options)
                switch try python.parse(json: text, as: message) {
                case .refused: #expect(ours == nil, "only we take \(text)")
                case .message(let canonical, _):
                    guard let ours else {
                        Issue.record("only Python takes \(text)")
                        continue
                    }
                    guard case .message(let bytes, _) = try python.parse(binary: ours, as: message) else {
                        Issue.record("Python refuses our bytes of \(text)")
                        continue
                    }
                    #expect(bytes == canonical, "\(text)")
                }
            }
        }
    }
}
