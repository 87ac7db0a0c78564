enum PatchSeeds {
    private static let mark = String(UnicodeScalar(MapEntry.separator))

    private static let ticket = """
        {"id":"1","name":"断网","status":"pending","note":[{"id":"a","text":"x"}],"relatedParty":[],\
        "creationDate":"2026-11-28T08:00:00Z","severity":"2","n":1.0,"deep":{"er":{"and":[[["er"]]]}}}
        """

    /// What it is first, as ``PatchEntry`` reads it; then a document, the mark, and what is done with it.
    static let all = [
        FuzzSeed(
            "merge", "\u{0}\(ticket)\(mark){\"name\":null,\"status\":\"resolved\",\"deep\":{\"er\":{\"new\":[null]}}}"),
        FuzzSeed(
            "operations",
            """
            \u{1}\(ticket)\(mark)[{"op":"test","path":"/n","value":1},\
                {"op":"add","path":"/note/-","value":{"text":"y"}},\
            {"op":"copy","from":"/note/0","path":"/note/1"},{"op":"move","from":"/deep/er","path":"/er"},\
            {"op":"replace","path":"/name","value":null},{"op":"remove","path":"/relatedParty"}]
            """),
        FuzzSeed("whole", "\u{1}\(ticket)\(mark)[{\"op\":\"copy\",\"from\":\"\",\"path\":\"/note/0\"}]"),
        FuzzSeed("pointer", "\u{2}{\"\":{\"a/b\":[{\"m~n\":1}]}}\(mark)//a~1b/0/m~0n"),
        FuzzSeed(
            "filter", "\u{3}\(ticket)\(mark)eventType=TroubleTicketStatusChangeEvent&status=pending,held&fields=id"),
        FuzzSeed(
            "conditions",
            "\u{3}\(ticket)\(mark)creationDate.gte=2026-01-01&note.text=x"
                + "&event.troubleTicket.severity.lt=3&name=%E6%96%AD"
        ),
    ]

    static let words = [
        "add", "remove", "replace", "move", "copy", "test", "\"op\":", "\"path\":\"/", "\"from\":\"\"", "\"value\":",
        "/-",
        "~0", "~1", ".gt=", ".lte=", "&fields=", "null", "{\"\":", "[[",
    ]
}
