import Standards

/// Forms and lists that pages draw anew while one works with them.
extension Browser {
    /// Clicks what a selector names in the same breath as it finds it.
    func clickAtOnce(_ selector: String) throws {
        let script = "const one = document.querySelector(arguments[0]); one?.click(); return one !== null"
        guard try run(script, [.string(selector)]) == true else { throw Failure("there is no \(selector)") }
    }

    /// Chooses one of a list of options by its value.
    func choose(_ value: String, in selector: String) throws {
        let script = """
            const select = document.querySelector(arguments[0]);
            select.value = arguments[1];
            for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, { bubbles: true }));
            return select.value === arguments[1];
            """
        guard try run(script, [.string(selector), .string(value)]) == true else {
            throw Failure("\(selector) has no \(value)")
        }
    }

    /// Writes in place of what a field holds.
    func rewrite(_ text: String, into selector: String) throws {
        _ = try run("document.querySelector(arguments[0]).value = ''", [.string(selector)])
        try write(text, into: selector)
    }

    /// What a field holds; nil while there is none.
    func value(_ selector: String) throws -> String? {
        try run("return document.querySelector(arguments[0])?.value ?? null", [.string(selector)]).stringValue
    }

    /// Presses a key that means a command, and waits for the field of the form that it opens.
    func openForm(_ key: String, until field: String) throws {
        _ = try run("document.activeElement.blur()")
        try press(key)
        try Moment.wait(for: "the form behind \(key)") { try count("dialog[open] [name=\(field)]") == 1 }
    }
}
