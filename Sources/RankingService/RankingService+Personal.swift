import Authority
package import Contracts
package import Wire

// Personal data of objections.
extension RankingService {
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

extension RankingAPI.LodgeObjectionRequest: PersonalRequest {
    package var withoutPersonalData: Self {
        var request = self
        request.contact = ""
        return request
    }
}
