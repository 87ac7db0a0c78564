import Foundation
import Node
import Standards
import Testing

extension TestNode {
    /// A hub and a branch that work by the project's own standard.
    static func pairByProvince() throws -> (hub: TestNode, branch: TestNode) {
        let (hub, branch) = try pair()
        let folder = TestDocuments.project("Topology/standards/province")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        let result = PackFolder.check(
            try names.map { name in
                let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
                return PackFolder.File(name: name, bytes: Array(data))
            })
        let document = String(decoding: result.document, as: UTF8.self)
        #expect(try hub.post("/api/standards", text: document).status == 201)
        try TestExchange(hub: hub, branch: branch).sync()
        return (hub, branch)
    }
}
