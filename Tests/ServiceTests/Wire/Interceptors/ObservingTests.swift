import Logging
import Metrics
import MetricsTestKit
import Synchronization
import Testing
import Wire

/// Metrics and log lines of calls.
@Suite("Metrics and logging of calls", .timeLimit(.minutes(1)))
struct ObservingTests {
    private let time = VirtualTime()

    private func outcome(of code: StatusCode, message: String = "") -> UnaryHandler {
        let time = time
        return { (payload: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
            time.advance(by: .milliseconds(3))
            if code != .ok { throw RPCStatus(code: code, message: message) }
            return payload
        }
    }

    // MARK: Metrics

    @Test("calls are counted by method and code, and timed")
    func counted() async throws {
        let metrics = TestMetrics()
        let interceptor = MetricsInterceptor(factory: metrics, now: { [time] in time.now })
        for code in [StatusCode.ok, .ok, .notFound] {
            _ = await InterceptorStage(interceptor).channel(outcome(of: code)).stage("Get")
        }
        for (code, count) in [("OK", Int64(2)), ("NOT_FOUND", 1)] {
            let counter = try metrics.expectCounter(
                "rpc_server_calls_total", [("service", "test.Echo"), ("method", "Get"), ("code", code)])
            #expect(counter.totalValue == count)
        }
        let timer = try metrics.expectTimer(
            "rpc_server_duration_seconds", [("service", "test.Echo"), ("method", "Get")])
        #expect(timer.values == [3_000_000, 3_000_000, 3_000_000])
    }

    @Test("running calls rise with the start and fall with the end, also of a failed one")
    func running() async throws {
        let metrics = TestMetrics()
        let interceptor = MetricsInterceptor(factory: metrics)
        let meter = try metrics.expectMeter("rpc_server_running_calls")
        let seen = Mutex(0.0)
        let channel = InterceptorStage(interceptor).channel {
            (_: [UInt8], _: CallContext) async throws(RPCStatus) -> [UInt8] in
            seen.withLock { $0 = meter.values.reduce(0, +) }
            throw RPCStatus(code: .internalError, message: "")
        }
        _ = await channel.stage("Get")
        #expect(!meter.values.isEmpty || seen.withLock { $0 } != 0)
        #expect(meter.lastValue == 0)
    }

    @Test("methods beyond the bound share their measurements")
    func bounded() async throws {
        var limits = WireLimits()
        limits.meteredMethodCountMax = 1
        let metrics = TestMetrics()
        let interceptor = MetricsInterceptor(factory: metrics, limits: limits)
        let handler = outcome(of: .ok)
        let router = ServiceRouter(
            services: [
                ServiceDefinition(
                    name: "test.Echo", handlers: ["A": handler, "B": handler, "C": handler])
            ],
            interceptors: [interceptor])
        for method in ["A", "B", "C", "A"] {
            _ = await InProcessChannel(router: router).stage(method)
        }
        let other = try metrics.expectCounter(
            "rpc_server_calls_total", [("service", "other"), ("method", "other"), ("code", "OK")])
        #expect(other.totalValue == 2)
        #expect(metrics.counters.count == 2)
    }

    // MARK: Log

    /// Keeps what is logged.
    private final class LogBook: Sendable {
        struct Line: Sendable {
            let level: Logger.Level
            let text: String
            let facts: Logger.Metadata
        }

        let lines = Mutex<[Line]>([])

        func logger(_ level: Logger.Level = .trace) -> Logger {
            var logger = Logger(label: "test") { _ in Handler(book: self) }
            logger.logLevel = level
            return logger
        }

        struct Handler: LogHandler {
            let book: LogBook
            var metadata: Logger.Metadata = [:]
            var logLevel = Logger.Level.trace

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) {
                let line = Line(
                    level: event.level, text: "\(event.message)", facts: event.metadata ?? [:])
                book.lines.withLock { $0.append(line) }
            }
        }
    }

    @Test(
        "one line a call at debug, and at warning for INTERNAL and UNKNOWN",
        arguments: StatusCode.allCases)
    func line(code: StatusCode) async throws {
        let book = LogBook()
        let logging = LoggingInterceptor(logger: book.logger(), now: { [time] in time.now })
        _ = await InterceptorStage(logging).channel(outcome(of: code)).stage("Get")
        let lines = book.lines.withLock { $0 }
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(line.level == ([.internalError, .unknown].contains(code) ? .warning : .debug))
        #expect(line.facts["method"] == "/test.Echo/Get")
        #expect(line.facts["code"] == "\(code.name)")
        #expect(line.facts["microseconds"] == "3000")
        #expect(line.facts["peer"] == "in-process")
    }

    @Test("no payload, no token and no metadata is written, but the trace and the request's identity")
    func discreet() async throws {
        let book = LogBook()
        let logging = LoggingInterceptor(logger: book.logger(), requestIDKey: "request-id")
        let metadata: Metadata = [
            "authorization": "Bearer secret-token", "request-id": "r1\nforged", "other": "secret-other",
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ]
        for code in [StatusCode.ok, .internalError] {
            _ = await InterceptorStage(logging).channel(outcome(of: code, message: "bro\nken"))
                .stage("Get", Array("secret-payload".utf8), metadata: metadata)
        }
        let lines = book.lines.withLock { $0 }
        let text = lines.map { "\($0.text) \($0.facts)" }.joined()
        #expect(!text.contains("secret"))
        #expect(lines[0].facts["request"] == "r1 forged")
        #expect(lines[0].facts["trace"] == "0af7651916cd43dd8448eb211c80319c")
        #expect(lines[0].facts["message"] == nil)
        #expect(lines[1].facts["message"] == "bro ken")
    }

    @Test("a message is cut")
    func cut() async throws {
        let book = LogBook()
        let logging = LoggingInterceptor(logger: book.logger(.warning))
        let handler = outcome(of: .unknown, message: String(repeating: "x", count: 10_000))
        _ = await InterceptorStage(logging).channel(handler).stage("Get")
        _ = await InterceptorStage(logging).channel(outcome(of: .ok)).stage("Get")
        let lines = book.lines.withLock { $0 }
        #expect(lines.count == 1, "the level of the logger is kept")
        #expect("\(lines[0].facts["message"] ?? "")".count == 200)
    }
}
