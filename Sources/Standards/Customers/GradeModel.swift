/// How a customer's grade follows from background, revenue and behaviour: points are added up, and the sum decides.
public struct GradeModel: Hashable, Sendable {
    public static let bandLimit = 20
    public static let points = -1_000...1_000

    /// What is known of a customer.
    public struct Inputs: Hashable, Sendable {
        public var customerClass: String?
        /// Of an average month, in fen.
        public var monthlyFen: Int
        /// Whole years with the operator.
        public var years: Int
        /// Months in arrears among the last twelve.
        public var arrears: Int

        public init(customerClass: String? = nil, monthlyFen: Int = 0, years: Int = 0, arrears: Int = 0) {
            self.customerClass = customerClass
            self.monthlyFen = monthlyFen
            self.years = years
            self.arrears = arrears
        }
    }

    /// What counts from a value upwards, until the next band begins.
    public struct Band: Hashable, Sendable {
        public let from: Int
        public let points: Int
    }

    public struct Threshold: Hashable, Sendable {
        public let from: Int
        public let grade: String
    }

    /// A grade and how it came about.
    public struct Result: Hashable, Sendable {
        public let grade: String
        /// The points of background, revenue, years and arrears, in this order.
        public let parts: [Int]

        public var points: Int { parts.reduce(0, +) }
    }

    /// The points of each customer class.
    public let background: [String: Int]
    public let monthlyFen: [Band]
    public let years: [Band]
    public let arrears: [Band]
    /// The highest first; the last is everybody's.
    public let grades: [Threshold]

    public func grade(of inputs: Inputs) -> Result {
        let parts = [
            inputs.customerClass.flatMap { background[$0] } ?? 0, Self.points(of: inputs.monthlyFen, in: monthlyFen),
            Self.points(of: inputs.years, in: years), Self.points(of: inputs.arrears, in: arrears),
        ]
        let sum = parts.reduce(0, +)
        let grade = grades.first { $0.from <= sum } ?? grades[grades.count - 1]
        return Result(grade: grade.grade, parts: parts)
    }

    private static func points(of value: Int, in bands: [Band]) -> Int {
        bands.last { $0.from <= value }?.points ?? 0
    }
}

extension GradeModel {
    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "background": "Points for each customer class", "monthlyFen": "Points for the revenue of a month, in fen",
            "years": "Points for whole years with the operator",
            "arrears": "Points for months in arrears among the last twelve",
            "grades": "From how many points a customer has each grade, the highest first",
        ])
        var background: [String: Int] = [:]
        _ = reader.objects("background", count: 0...100, .optional) { reader -> Bool in
            reader.explain(["class": "The customer class", "points": "What it counts"])
            let name = reader.text("class", .identifier)
            book.resolve(name, .customerClass, "class", reader)
            let points = reader.integer("points", in: Self.points)
            if let name, let points { background[name] = points }
            return true
        }
        let monthlyFen = Self.bands("monthlyFen", reader)
        let years = Self.bands("years", reader)
        let arrears = Self.bands("arrears", reader)
        let grades = reader.objects("grades", count: 1...Self.bandLimit) { reader -> Threshold? in
            reader.explain(["from": "The fewest points", "grade": "The grade"])
            let from = reader.integer("from", in: Self.points)
            let grade = reader.text("grade", .identifier)
            book.resolve(grade, .grade, "grade", reader)
            guard let from, let grade else { return nil }
            return Threshold(from: from, grade: grade)
        }
        for (grade, next) in zip(grades, grades.dropFirst()) where grade.from <= next.from {
            reader.report("grades", "is not in falling order", "write the grade of the most points first")
        }
        guard !grades.isEmpty else { return nil }
        self.init(background: background, monthlyFen: monthlyFen, years: years, arrears: arrears, grades: grades)
    }

    private static func bands(_ key: String, _ reader: JSONReader) -> [Band] {
        let bands = reader.objects(key, count: 0...bandLimit, .optional) { reader -> Band? in
            reader.explain(["from": "Where the band begins", "points": "What it counts"])
            let from = reader.integer("from", in: 0...Int.max)
            let points = reader.integer("points", in: points)
            guard let from, let points else { return nil }
            return Band(from: from, points: points)
        }
        for (band, next) in zip(bands, bands.dropFirst()) where band.from >= next.from {
            reader.report(key, "is not in rising order", "write the band that begins lowest first")
        }
        return bands
    }
}
