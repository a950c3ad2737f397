import Authority
package import Contracts
package import Wire

// Personal data of applications and objections.
extension SchemeService {
    package func getPersonalData(
        _ request: CommonAPI.GetPersonalDataRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.GetPersonalDataResponse {
        try await PersonalDesk(desk: desk).get(request, call)
    }

    package func erasePersonalData(
        _ request: CommonAPI.ErasePersonalDataRequest, _ call: CallContext
    ) async throws(RPCStatus) -> CommonAPI.Receipt {
        try await PersonalDesk(desk: desk).erase(request, call)
    }
}
