import Standards
import Testing

@testable import Node

@Suite struct PatchingTests {
    private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text, sizeLimit: 10_000) }

    @Test("a merge patch does what the examples of RFC 7396 say")
    func merges() throws {
        let examples = [
            (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
            (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
            (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
            (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
            (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
            (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"),
            (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
            (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#), ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
            ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
        ]
        for (target, patch, result) in examples {
            #expect(MergePatch.apply(try json(patch), to: try json(target)) == (try json(result)), "\(target) \(patch)")
        }
    }

    @Test("a patch that copies copies is refused before its document doubles a hundred times or grows too deep")
    func copiesOfCopies() throws {
        let wide = String(repeating: #"{"op":"copy","from":"/a","path":"/a/-"},"#, count: 99)
        let deep = String(repeating: #"{"op":"copy","from":"","path":"/a"},"#, count: 99)
        for operations in [wide, deep] {
            let patch = try JSONPatch(try json("[" + operations + #"{"op":"test","path":"","value":1}]"#))
            let error = #expect(throws: NodeError.self) { try patch.apply(to: try self.json(#"{"a":[1]}"#)) }
            #expect(error?.description.contains("\(JSONPatch.valuesMax) values") == true)
        }
        let list = JSONValue.array(Array(repeating: 1, count: JSONPatch.valuesMax - 3))
        let once = try JSONPatch(try json(#"[{"op":"add","path":"/b","value":1}]"#))
        #expect(try once.apply(to: ["a": list])["b"] == 1)
        let twice = try JSONPatch(
            try json(#"[{"op":"add","path":"/b","value":1},{"op":"add","path":"/c","value":1}]"#))
        #expect(throws: NodeError.self) { try twice.apply(to: ["a": list]) }
    }

    @Test("a JSON Patch does what the examples of RFC 6902 say")
    func operations() throws {
        let examples = [
            (#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"baz":"qux","foo":"bar"}"#),
            (
                #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
                #"{"foo":["bar","qux","baz"]}"#
            ),
            (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
            (#"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","baz"]}"#),
            (#"{"baz":"qux"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#, #"{"baz":"boo"}"#),
            (
                #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
                #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
                #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
            ),
            (
                #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
                #"{"foo":["all","cows","eat","grass"]}"#
            ),
            (#"{"foo":null}"#, #"[{"op":"test","path":"/foo","value":null}]"#, #"{"foo":null}"#),
            (#"{"a":1}"#, #"[{"op":"test","path":"/a","value":1.0}]"#, #"{"a":1}"#),
            (#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
            (
                #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
                #"{"foo":["bar",["abc","def"]]}"#
            ),
            (#"{"foo":1}"#, #"[{"op":"copy","from":"/foo","path":"/a"}]"#, #"{"foo":1,"a":1}"#),
            (#"{"foo":1}"#, #"[{"op":"add","path":"","value":[1]}]"#, "[1]"),
            (#"{"foo":{"":1}}"#, #"[{"op":"replace","path":"/foo/","value":2}]"#, #"{"foo":{"":2}}"#),
        ]
        for (target, patch, result) in examples {
            let patched = try JSONPatch(try json(patch)).apply(to: try json(target))
            #expect(patched == (try json(result)), "\(target) \(patch)")
        }
    }

    @Test("a JSON Patch that cannot be carried out is refused")
    func refusals() throws {
        let wrong = [
            (#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz/bat","value":"qux"}]"#),
            (#"{"foo":["a"]}"#, #"[{"op":"add","path":"/foo/2","value":1}]"#),
            (#"{"foo":["a"]}"#, #"[{"op":"remove","path":"/foo/-"}]"#),
            (#"{"foo":["a","b"]}"#, #"[{"op":"remove","path":"/foo/01"}]"#),
            (#"{"foo":["a"]}"#, #"[{"op":"replace","path":"/foo/1","value":1}]"#),
            (#"{"foo":"a"}"#, #"[{"op":"test","path":"/foo","value":"b"}]"#),
            (#"{"/":9}"#, #"[{"op":"test","path":"/~2","value":9}]"#),
            (#"{"foo":{}}"#, #"[{"op":"move","from":"/foo","path":"/foo/bar"}]"#),
            (#"{"foo":1}"#, #"[{"op":"copy","from":"/none","path":"/a"}]"#),
            (#"{"foo":1}"#, #"[{"op":"remove","path":""}]"#),
        ]
        for (target, patch) in wrong {
            #expect(throws: NodeError.self, "\(target) \(patch)") {
                try JSONPatch(try json(patch)).apply(to: try json(target))
            }
        }
    }
}
