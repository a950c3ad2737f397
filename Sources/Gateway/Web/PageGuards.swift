import HTTPTypes
import Hummingbird
import Logging

/// Gives every answer its headers, and every failure a page.
///
/// Nothing is framed, guessed or loaded from elsewhere. The pages are for reading, so any method but GET and
/// HEAD is refused before a page is looked for.
struct PageGuards: RouterMiddleware {
    typealias Context = BasicRequestContext

    /// The page for a status that is no success.
    let apology: @Sendable (HTTPResponse.Status) async throws -> Response

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await answer(request, context, next)
        for field in Self.headers { response.headers[field.name] = field.value }
        return response
    }

    private func answer(
        _ request: Request, _ context: Context, _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get || request.method == .head else {
            var response = try await apology(.methodNotAllowed)
            response.headers[.allow] = "GET, HEAD"
            return response
        }
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            return try await apology(error.status)
        } catch {
            context.logger.error(
                "page failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return try await apology(.internalServerError)
        }
    }

    private static let headers: HTTPFields = {
        var fields: HTTPFields = [.xContentTypeOptions: "nosniff"]
        fields[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
        if let name = HTTPField.Name("X-Frame-Options") { fields[name] = "DENY" }
        if let name = HTTPField.Name("Referrer-Policy") { fields[name] = "same-origin" }
        return fields
    }()
}
