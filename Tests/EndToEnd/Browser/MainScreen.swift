/// A page that people work with, and how it is known to be there.
struct MainScreen {
    let name: String
    let path: String
    let sign: String

    /// At a branch that holds `ticket`, which has a conflict.
    static func atBranch(_ ticket: String) -> [MainScreen] {
        [
            MainScreen(name: "desk", path: "/?view=all", sign: "tbody .c-subject"),
            MainScreen(name: "ticket", path: "/tickets/\(ticket)", sign: "article .timeline li"),
            MainScreen(name: "new-ticket", path: "/new", sign: "[name=subject]"),
            MainScreen(name: "conflicts", path: "/conflicts", sign: ".conflict"),
            MainScreen(name: "refusals", path: "/refusals", sign: ".narrow h1"),
            MainScreen(name: "standards", path: "/standards", sign: ".narrow h1"),
            MainScreen(name: "knowledge", path: "/knowledge", sign: ".narrow h1"),
            MainScreen(name: "progress", path: "/progress", sign: "[name=digits]"),
        ]
    }

    static let atHub = [
        MainScreen(name: "wall", path: "/wall", sign: ".branches tbody tr"),
        MainScreen(name: "decisions", path: "/decisions", sign: ".narrow h1"),
    ]

    static let door = MainScreen(name: "sign-in", path: "/sign-in", sign: ".door form")
}
