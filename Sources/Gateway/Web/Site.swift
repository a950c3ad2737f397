import Contracts
import Foundation
import HTTPTypes
package import Hummingbird
import Mustache
import Regulation
import Wire

/// The public pages, in Chinese: notices, rankings with the reason behind each rank, forerunners, titles.
package struct Site: Sendable {
    /// Rows of a ranking on one page.
    static let rowCount = 50

    let reader: PublicReader
    private let library: MustacheLibrary
    private let style: String

    /// Loads the templates that come with the program; throws when they are not beside it.
    package init(backends: Backends) async throws {
        reader = PublicReader(backends: backends)
        let folder = Bundle.module.bundlePath + "/Pages"
        guard let style = FileManager.default.contents(atPath: folder + "/site.css") else { throw PagesMissing() }
        library = try await MustacheLibrary(directory: folder)
        self.style = String(decoding: style, as: UTF8.self)
    }

    package var router: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: PageGuards())
        router.get("/site.css") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "max-age=300"],
                body: .init(byteBuffer: ByteBuffer(string: style)))
        }
        router.get("/") { _, _ in try await page("home") { try await home() } }
        router.get("/lists") { _, _ in try await page("lists") { try await lists() } }
        router.get("/lists/:id") { request, context in
            let id = context.parameters.get("id") ?? ""
            return try await page("list") { try await list(id, page: request.pageNumber) }
        }
        router.get("/lists/:id/exclusions") { request, context in
            let id = context.parameters.get("id") ?? ""
            let code = request.uri.queryParameters.get("code") ?? ""
            return try await page("exclusions") {
                try await exclusions(id, code: code, page: request.pageNumber)
            }
        }
        router.get("/forerunners") { _, _ in try await page("forerunners") { try await forerunners() } }
        router.get("/titles") { request, _ in
            let query = request.uri.queryParameters.get("q") ?? ""
            return try await page("titles") { try await titles(query) }
        }
        router.get("/titles/:id") { _, context in
            let id = context.parameters.get("id") ?? ""
            return try await page("title") { try await title(id) }
        }
        router.get("/schemes") { _, _ in try await page("schemes") { try await schemes() } }
        router.get("/schemes/:id") { _, context in
            let id = context.parameters.get("id") ?? ""
            return try await page("scheme") { try await scheme(id) }
        }
        router.get("/bars") { _, _ in try await page("bars") { try await bars() } }
        router.get("/**") { _, _ in try await render("error", Self.missing, status: .notFound) }
        return router
    }

    private static var missing: [String: Any] {
        ["title": "没有这一页", "heading": "没有这一页", "text": "请从首页重新查找。"]
    }

    /// Gathers and renders; a thing that is not there is 404, an authority that is away 503.
    private func page(
        _ template: String, _ gather: () async throws -> [String: Any]
    ) async throws -> Response {
        do {
            return try await render(template, try await gather(), status: .ok)
        } catch let status as RPCStatus {
            switch status.code {
            case .notFound, .permissionDenied, .unauthenticated:
                return try await render("error", Self.missing, status: .notFound)
            default:
                let away: [String: Any] = [
                    "title": "暂时无法访问", "heading": "暂时无法访问",
                    "text": "相关服务暂时没有应答，请稍后再试。（\(status.code)）",
                ]
                return try await render("error", away, status: .serviceUnavailable)
            }
        }
    }

    private func render(
        _ template: String, _ content: [String: Any], status: HTTPResponse.Status
    ) async throws -> Response {
        var content = content
        let standing = await reader.standing()
        let today = standing.map { Instant(utcMicroseconds: $0.nowUtcUs).shanghaiDate.description } ?? ""
        content["today"] = today
        content["simulated"] = standing?.timeKind == .simulated
        content["edition"] = standing?.ruleEdition ?? ""
        if content["query"] == nil { content["query"] = "" }
        guard let html = library.render(content, withTemplate: template) else { throw PagesMissing() }
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}

/// The templates are not beside the program.
package struct PagesMissing: Error, CustomStringConvertible {
    package let description =
        "the page templates are missing; keep forerunner_Gateway.resources beside the program"
}

extension Request {
    /// One-based number of the page asked for.
    var pageNumber: Int { max(1, uri.queryParameters.get("page", as: Int.self) ?? 1) }
}

/// Headers every page carries: nothing is framed, guessed or loaded from elsewhere.
struct PageGuards: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in Self.headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }

    private static let headers = [
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'",
        "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    ]
}
