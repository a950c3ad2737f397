import CMessages
import Contracts
import Testing
import Wire

@Suite("Generated tables")
struct TablesTests {
    @Test("every method has a policy, and both of its messages are registered")
    func policiesAndCatalogueAgree() {
        var names: Set<String> = []
        for service in ServiceCatalogue.services {
            for method in service.methods {
                let name = "/\(service.name)/\(method.name)"
                names.insert(name)
                let policy = AccessTable.policies[name]
                #expect(policy?.callers == Set(method.callers), "\(name)")
                #expect(policy?.effect == method.effect, "\(name)")
                #expect(MessageRegistry.types[method.requestType] != nil, "\(name)")
                #expect(MessageRegistry.types[method.responseType] != nil, "\(name)")
                #expect(
                    policy?.requestType == method.requestType && policy?.responseType == method.responseType)
            }
        }
        #expect(names == Set(AccessTable.policies.keys))
        #expect(names.count > 60)
    }

    @Test("nobody is admitted by a number without a name, and every effect is said")
    func policiesAreMeant() {
        for (name, policy) in AccessTable.policies {
            #expect(!policy.callers.isEmpty, "\(name)")
            #expect(policy.callers.isSubset(of: CommonAPI.Role.allCases.dropFirst()), "\(name)")
            #expect(policy.effect == .read || policy.effect == .command, "\(name)")
        }
    }

    @Test("policies are those of the proto files")
    func knownPolicies() {
        let publish = AccessTable.policies["/forerunner.scheme.v1.SchemeService/PublishKeyField"]
        #expect(publish?.callers == [.authority])
        #expect(publish?.effect == .command)
        #expect(publish?.requestType == "forerunner.scheme.v1.PublishKeyFieldRequest")
        #expect(publish?.responseType == "forerunner.common.v1.Receipt")
        let application = AccessTable.policies["/forerunner.scheme.v1.SchemeService/GetApplication"]
        #expect(application?.callers == [.workAgency, .committee, .evaluationAgency])
        #expect(application?.effect == .read)
        #expect(AccessTable.policies["/forerunner.feed.v1.Feed/Watch"]?.callers == [.service])
        #expect(AccessTable.policies["/grpc.health.v1.Health/Check"]?.callers == [.public])
    }

    @Test("the descriptor set holds every file, comments left out, importers after the imported")
    func descriptorSet() throws {
        var message = Google__Protobuf__FileDescriptorSet()
        google__protobuf__file_descriptor_set__init(&message)
        let text = try JSONMapping.encode(
            serialized: DescriptorSet.bytes, descriptor: MessageDescriptor(address: message.base.descriptor))
        guard case .array(let files) = try JSONReader.read(text)["file"]?.value else {
            Issue.record("no files")
            return
        }
        var seen: [JSONValue] = []
        for file in files {
            if case .array(let imports) = file["dependency"]?.value {
                for file in imports { #expect(seen.contains(file.value)) }
            }
            if let name = file["name"]?.value { seen.append(name) }
            #expect(file["sourceCodeInfo"] == nil)
        }
        #expect(seen.contains(.text("forerunner/scheme.proto")))
        #expect(seen.contains(.text("google/protobuf/descriptor.proto")))
        #expect(Set(seen).count == files.count)
        #expect(ServiceCatalogue.description.fileDescriptorSet == DescriptorSet.bytes)
    }

    @Test("enum cases, numbers and names belong together")
    func enums() {
        for role in CommonAPI.Role.allCases {
            #expect(CommonAPI.Role(rawValue: role.rawValue) == role)
            #expect(CommonAPI.Role(name: role.name) == role)
        }
        #expect(CommonAPI.Role.workAgency.name == "ROLE_WORK_AGENCY")
        #expect(CommonAPI.Role(name: "WORK_AGENCY") == nil)
        #expect(CommonAPI.Role(rawValue: 99) == .unrecognized(99))
        #expect(CommonAPI.Role(rawValue: 99).name == "99")
        #expect(HealthAPI.HealthCheckResponse.ServingStatus(name: "NOT_SERVING") == .notServing)
    }
}
