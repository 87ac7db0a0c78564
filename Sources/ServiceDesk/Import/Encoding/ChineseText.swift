/// Whether text that was decoded as GB18030 can be trusted to be Chinese: the test by which a file of unstated encoding
/// is read at all.
///
/// Nearly any bytes decode as GB18030, so decoding without an error says nothing. The test is on the characters: of all
/// that are not ASCII,
///
/// - at least ``charactersMin`` are there, and none is a private-use or replacement character;
/// - at least nine in ten are of the 3,755 commonest hanzi (the first level of GB 2312) or Chinese punctuation;
/// - at least one in twelve hanzi is one of the hundred-odd that fill any text of an office.
///
/// West European text fails the second line, since an accented letter swallows its neighbour into a rare hanzi; Korean
/// text decodes to common hanzi only, and fails the third.
public struct ChineseText {
    /// Fewer characters prove nothing.
    public static let charactersMin = 8

    private static let frequent = Set(
        ("的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家"
            + "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日者意无力它与长把机十民第"
            + "公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月"
            + "话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四"
            + "电网户客费诉故障服务单号线宽带装修话修复维投报理用户资源核查派障碍").unicodeScalars)

    private var counted = 0
    private var common = 0
    private var hanzi = 0
    private var frequentHanzi = 0
    private var isHopeless = false

    public init() {}

    /// Counts the characters of a piece of text.
    /// - Parameters:
    ///   - bytes: valid GB18030.
    ///   - decoded: the same text.
    public mutating func count(_ bytes: some Collection<UInt8>, decoded: String) {
        var rest = bytes[...]
        for scalar in decoded.unicodeScalars {
            guard let lead = rest.popFirst() else { break }
            guard lead >= 0x80, let trail = rest.popFirst() else { continue }
            let isLong = (0x30...0x39).contains(trail)
            if isLong { rest = rest.dropFirst(2) }
            add(scalar, lead, isLong ? 0 : trail)
        }
    }

    /// - Parameter trail: 0 for a character of four bytes.
    private mutating func add(_ scalar: Unicode.Scalar, _ lead: UInt8, _ trail: UInt8) {
        counted += 1
        if scalar.value == 0xFFFD || scalar.properties.generalCategory == .privateUse { isHopeless = true }
        guard trail >= 0xA1 else { return }
        switch lead {
        case 0xB0...0xD7:
            common += 1
            hanzi += 1
            if Self.frequent.contains(scalar) { frequentHanzi += 1 }
        case 0xA1, 0xA3: common += 1
        case 0xD8...0xF7: hanzi += 1
        default: break
        }
    }

    /// The verdict on all that was counted.
    public var isPlausible: Bool {
        !isHopeless && counted >= Self.charactersMin && common * 10 >= counted * 9 && hanzi > 0
            && frequentHanzi * 12 >= hanzi
    }
}
