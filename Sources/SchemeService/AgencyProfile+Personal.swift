import Authority
package import Contracts

// What of 基本情况 is personal data: where and through whom the institution is reached.
extension SchemeAPI.AgencyProfile {
    var personalData: CommonAPI.PersonalData {
        .init(
            contact: contact, address: address, legalRepresentativePhone: legalRepresentativePhone,
            phone: phone, fax: fax, mobile: mobile, email: email)
    }

    var withoutPersonalData: Self { with(CommonAPI.PersonalData()) }

    /// The profile as it was handed in.
    func with(_ data: CommonAPI.PersonalData) -> Self {
        var profile = self
        profile.contact = data.contact
        profile.address = data.address
        profile.legalRepresentativePhone = data.legalRepresentativePhone
        profile.phone = data.phone
        profile.fax = data.fax
        profile.mobile = data.mobile
        profile.email = data.email
        return profile
    }
}

extension SchemeAPI.SubmitApplicationRequest: PersonalRequest {
    package var withoutPersonalData: Self {
        var request = self
        request.agency = agency?.withoutPersonalData
        return request
    }
}

extension SchemeAPI.LodgeObjectionRequest: PersonalRequest {
    package var withoutPersonalData: Self {
        var request = self
        request.contact = ""
        return request
    }
}
