import Contracts

/// Who may call what, written a second time beside the contract, so that a slip in a method's options shows.
enum ExpectedAccess {
    /// Every method's callers, by its path.
    static let callers: [String: Set<CommonAPI.Role>] = {
        var callers: [String: Set<CommonAPI.Role>] = [:]
        for (service, methods) in services {
            for (method, roles) in methods { callers["/\(service)/\(method)"] = roles }
        }
        return callers
    }()

    private static let services: [String: [String: Set<CommonAPI.Role>]] = [
        "forerunner.scheme.v1.SchemeService": scheme,
        "forerunner.ranking.v1.RankingService": ranking.merging(rankingQuestions) { $1 },
        "forerunner.compliance.v1.ComplianceService": compliance,
        "forerunner.feed.v1.Feed": ["Watch": [.service]],
        "forerunner.gateway.v1.Gateway": ["WhoAmI": [.public], "Overview": [.public]],
        "forerunner.log.v1.PublicLog": [
            "ReadFile": [.public],
            "GetKey": [.public],
            "Prove": [.public],
        ],
        "forerunner.maintenance.v1.Maintenance": ["BackUp": [.service]],
        "forerunner.node.v1.Node": ["Status": [.public], "Describe": [.public]],
        "grpc.health.v1.Health": ["Check": [.public], "Watch": [.public]],
    ]

    /// The key fields are the authority's, schemes the agencies', their judgement the committee's.
    private static let scheme: [String: Set<CommonAPI.Role>] = [
        "PublishKeyField": [.authority],
        "EnrolExpert": [.workAgency],
        "OpenCall": [.workAgency],
        "SubmitApplication": [.evaluationAgency],
        "ReviewForm": [.workAgency],
        "AppointPanel": [.workAgency],
        "GiveOpinion": [.committee],
        "ConcludePanel": [.workAgency],
        "ReviseScheme": [.evaluationAgency],
        "OpenNotice": [.workAgency],
        "LodgeObjection": [.public],
        "SettleObjection": [.committee],
        "DetermineAgency": [.committee],
        "PublishScheme": [.workAgency],
        "GetApplication": [.workAgency, .committee, .evaluationAgency],
        "GetScheme": [.public],
        "ListKeyFields": [.public],
        "ListSchemes": [.public],
        "ListNotices": [.public],
        "ListHistory": [.public],
        "GetPersonalData": [.workAgency],
        "ErasePersonalData": [.workAgency],
    ]

    /// 3.2: agencies rank, ask and choose, enterprises answer and hand in their papers, the work agency
    /// reviews and publishes, experts of the committee give opinions, and anybody may object.
    private static let ranking: [String: Set<CommonAPI.Role>] = [
        "StartImport": [.workAgency],
        "SendPart": [.workAgency],
        "FinishImport": [.workAgency],
        "ComputeRanking": [.evaluationAgency],
        "RecordConsents": [.evaluationAgency, .enterprise],
        "SubmitRanking": [.evaluationAgency],
        "ReviewRanking": [.workAgency],
        "OpenRankingNotice": [.workAgency],
        "LodgeObjection": [.public],
        "GiveComprehensiveOpinion": [.committee],
        "DecideObjection": [.workAgency],
        "PublishRanking": [.workAgency],
        "RecordEvidence": [.evaluationAgency, .enterprise],
        "ChooseForerunners": [.evaluationAgency],
        "SubmitForerunners": [.evaluationAgency],
        "ReviewForerunners": [.workAgency],
        "OpenForerunnerNotice": [.workAgency],
        "PublishForerunners": [.workAgency],
        "RecordOwnPublication": [.evaluationAgency],
        "ErasePersonalData": [.workAgency],
    ]

    /// What is published is everybody's; letters, answers and papers are of those concerned.
    private static let rankingQuestions: [String: Set<CommonAPI.Role>] = [
        "GetImportProgress": [.workAgency],
        "GetRankingList": [.public],
        "ReadInputs": [.public],
        "GetEntry": [.public],
        "ListExclusions": [.public],
        "ListRankingLists": [.public],
        "GetForerunnerList": [.public],
        "ListForerunnerLists": [.public],
        "GetLetter": [.workAgency, .evaluationAgency],
        "ListConsents": [.workAgency, .evaluationAgency, .enterprise],
        "ListEvidence": [.workAgency, .evaluationAgency, .enterprise],
        "CompareRankings": [.public],
        "ListPeriods": [.workAgency, .evaluationAgency],
        "ListNotices": [.public],
        "GetSnapshot": [.public],
        "ListStandards": [.public],
        "GetStandardHistory": [.public],
        "ListSnapshots": [.public],
        "ListRejectedRows": [.public],
        "ListHistory": [.public],
        "Explain": [.public],
        "GetStatistics": [.public],
        "GetPersonalData": [.workAgency],
    ]

    /// The work agency demands, the evaluation agency cancels, and the work agency where that one does not.
    private static let compliance: [String: Set<CommonAPI.Role>] = [
        "RecordSpotCheck": [.workAgency, .evaluationAgency],
        "DemandCancellation": [.workAgency],
        "CancelTitle": [.evaluationAgency, .workAgency],
        "GetTitle": [.public],
        "FindTitles": [.public],
        "ListBars": [.public],
        "GetCredential": [.public],
        "GetStatusList": [.public],
        "GetTrust": [.public],
    ]
}
