/// A declared core requirement that a conformity report has to cover.
package struct CoreRequirement: Sendable, Hashable {
    package var name: String
    package var direction: Direction?
    package var declaration: Declaration

    package init(name: String, direction: Direction?, declaration: Declaration) {
        self.name = name
        self.direction = direction
        self.declaration = declaration
    }
}

/// A measured value and its unit, as written.
package struct Measurement: Sendable, Hashable {
    package var value: String
    package var unit: String

    package init(_ value: String, unit: String = "") {
        self.value = value
        self.unit = unit
    }
}

/// A laboratory's report (标准符合性报告) on one declared standard and one of its models.
package struct ConformityReport: Sendable, Hashable {
    /// The model tested; empty only where the standard covers one model or none.
    package var model: String
    /// Models that the standard covers.
    package var models: [String]
    /// Day on which the standard was declared.
    package var declaredOn: CivilDate
    package var laboratory: String
    /// Approval number of the laboratory.
    package var approval: String
    /// nil when the report has no valid date.
    package var issuedOn: CivilDate?
    /// SHA-256 in lower-case hex.
    package var sha256: String
    /// Measured values by the indicator's code.
    package var measured: [String: Measurement]
    package var requirements: [CoreRequirement]
    package var recordedOn: CivilDate

    package init(
        model: String, models: [String], declaredOn: CivilDate, laboratory: String, approval: String,
        issuedOn: CivilDate?, sha256: String, measured: [String: Measurement],
        requirements: [CoreRequirement], recordedOn: CivilDate
    ) {
        self.model = model
        self.models = models
        self.declaredOn = declaredOn
        self.laboratory = laboratory
        self.approval = approval
        self.issuedOn = issuedOn
        self.sha256 = sha256
        self.measured = measured
        self.requirements = requirements
        self.recordedOn = recordedOn
    }
}
