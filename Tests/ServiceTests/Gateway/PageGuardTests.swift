import Foundation
import Gateway
import HTTPTypes
import Testing
import Wire

@Suite("Every answer of the site")
struct PageGuardTests {
    private let site: Site

    init() async throws {
        site = try await Site(backends: .all(AwayChannel()), address: "http://site.example")
    }

    @Test(
        "is guarded by its headers, errors too",
        arguments: ["/", "/site.css", "/nothing", "/site.css/../../etc/passwd", "/%00", "/titles/%ff"])
    func headers(path: String) async throws {
        for method in [HTTPRequest.Method.get, .head, .post] {
            let headers = try await site.answer(path, method: method).headers
            let policy = headers[.contentSecurityPolicy] ?? ""
            #expect(policy.contains("default-src 'none'"), "\(method) \(path)")
            #expect(!policy.contains("unsafe"))
            #expect(!policy.contains("script-src"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(policy.contains("base-uri 'none'"))
            #expect(headers[.xContentTypeOptions] == "nosniff")
            for name in ["X-Frame-Options", "Referrer-Policy"] {
                #expect(headers[try #require(HTTPField.Name(name))] != nil)
            }
        }
    }

    @Test(
        "is 404 where there is no page, without a word about the machine",
        arguments: [
            "/nothing", "/site.css/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/site.css",
            "//site.css/x",
            "/site.css%00.html", "/Pages/layout.mustache", "/layout.mustache", "/lists/a/b", "/%00",
        ])
    func missing(path: String) async throws {
        let page = try await site.answer(path)
        #expect(page.status == .notFound)
        #expect(page.html.contains("没有这一页"))
        #expect(!page.html.contains(FileManager.default.currentDirectoryPath))
        #expect(!page.html.contains("root:"))
    }

    @Test(
        "to any method but GET and HEAD is 405",
        arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
    func methods(name: String) async throws {
        let method = try #require(HTTPRequest.Method(name))
        for path in ["/", "/site.css", "/nothing"] {
            let page = try await site.answer(path, method: method)
            #expect(page.status == .methodNotAllowed)
            #expect(page.headers[.allow] == "GET, HEAD")
        }
    }

    @Test("to HEAD is that to GET")
    func head() async throws {
        let page = try await site.answer("/site.css", method: .head)
        #expect(page.status == .ok)
        #expect(page.headers[.contentType] == "text/css; charset=utf-8")
    }

    @Test("holds a very long query to a length worth looking for")
    func longQuery() async throws {
        let asked = RecordingChannel()
        let site = try await Site(
            backends: .all(AwayChannel(), compliance: asked), address: "http://site.example")
        let marks = String(repeating: "\u{0301}", count: 40_000)
        for query in [String(repeating: "q", count: 100_000), "e" + marks] {
            _ = try await site.answer("/titles?q=\(query.percentEncoded)")
        }
        #expect(asked.asked.allSatisfy { $0.payload.count < 1000 })
        #expect(asked.asked.contains { $0.fullMethod.hasSuffix("/FindTitles") })
    }
}
