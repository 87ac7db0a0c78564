import HTTP
import Standards

/// A page of a list with its counts and the way to the others.
enum PageAnswer {
    static func response(_ items: [JSONValue], total: Int, _ query: ListQuery, of request: Request) -> Response {
        Answers.json(
            .array(items),
            headers: [
                ("X-Total-Count", String(total)), ("X-Result-Count", String(items.count)),
                ("Link", links(total: total, query, request)),
            ])
    }

    private static func links(total: Int, _ query: ListQuery, _ request: Request) -> String {
        let step = max(query.limit, 1)
        let last = total == 0 ? 0 : (total - 1) / step * step
        var targets = [("first", 0)]
        if query.offset > 0 { targets.append(("prev", max(0, query.offset - step))) }
        if query.offset + query.limit < total, query.limit > 0 { targets.append(("next", query.offset + step)) }
        targets.append(("last", last))
        let kept = request.query.filter { $0.name != "offset" && $0.name != "limit" }
            .map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        return targets.map { name, offset in
            let items = kept + ["offset=\(offset)", "limit=\(query.limit)"]
            return "<\(request.path)?\(items.joined(separator: "&"))>; rel=\"\(name)\""
        }.joined(separator: ", ")
    }
}
