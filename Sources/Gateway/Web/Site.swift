import Charts
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
    ///
    /// - Parameter address: the site's address as the public knows it, as in "https://forerunner.example".
    package init(backends: Backends, address: String) async throws {
        reader = PublicReader(backends: backends, site: address)
        let folder = Bundle.module.bundlePath + "/Pages"
        guard let style = FileManager.default.contents(atPath: folder + "/site.css") else {
            throw PagesMissing()
        }
        library = try await MustacheLibrary(directory: folder)
        self.style = ChartStyle.lightSheet + "\n" + String(decoding: style, as: UTF8.self)
    }

    package var router: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: PageGuards(apology: apology))
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
            let code = request.text("code")
            return try await page("exclusions") {
                try await exclusions(id, code: code, page: request.pageNumber)
            }
        }
        router.get("/lists/:id/changes") { request, context in
            let id = context.parameters.get("id") ?? ""
            let earlier = request.text("from")
            return try await page("changes") {
                try await changes(of: id, since: earlier, page: request.pageNumber)
            }
        }
        router.get("/forerunners") { _, _ in try await page("forerunners") { try await forerunners() } }
        router.get("/titles") { request, _ in
            try await page("titles") { try await titles(request.text("q")) }
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
        addExplanations(to: router)
        addStatistics(to: router)
        addCredentials(to: router)
        addLogs(to: router)
        return router
    }

    /// The page that says why there is no other; a request that matches no page comes here as well.
    func apology(_ status: HTTPResponse.Status) async throws -> Response {
        let (heading, text) =
            switch status {
            case .notFound: ("没有这一页", "请从首页重新查找。")
            case .methodNotAllowed: ("不支持这种请求", "这里的页面只供阅读；提交事项请使用命令行或接口。")
            case .badRequest: ("请求有误", "请检查网址和查询内容。")
            case .serviceUnavailable: ("暂时无法访问", "相关服务暂时没有应答，请稍后再试。")
            default: ("出现错误", "页面没有生成，请稍后再试。")
            }
        var response = try await render(
            "error", ["title": heading, "heading": heading, "text": text], status: status)
        if status == .serviceUnavailable { response.headers[.retryAfter] = "10" }
        return response
    }

    /// Gathers and renders; a thing that is not there is 404, an authority that is away 503.
    func page(
        _ template: String, _ gather: () async throws -> [String: Any]
    ) async throws -> Response {
        do {
            return try await render(template, try await gather(), status: .ok)
        } catch let status as RPCStatus {
            return try await apology(Self.answer(to: status.code))
        }
    }

    static func answer(to code: StatusCode) -> HTTPResponse.Status {
        switch code {
        case .notFound, .permissionDenied, .unauthenticated: .notFound
        case .invalidArgument, .outOfRange: .badRequest
        case .unavailable, .deadlineExceeded, .resourceExhausted, .cancelled, .aborted: .serviceUnavailable
        case .ok, .unknown, .alreadyExists, .failedPrecondition, .unimplemented, .internalError, .dataLoss:
            .internalServerError
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
        guard let html = library.render(PageText.isolated(content), withTemplate: template) else {
            throw PagesMissing()
        }
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
