enum CSVSeeds {
    /// Separator, limits and cutting first, as ``CSVEntry`` reads them.
    static let all = [
        FuzzSeed("plain", "\u{0}\u{0}number,city,subject\r\n1,Yinchuan,断网\r\n2,Guyuan,\r\n"),
        FuzzSeed("quoted", "\u{0}\u{5}\"a\",\"b\"\"c\",\"d\ne\"\r\n\"\",\" x \",y\r\n"),
        FuzzSeed("mark", "\u{1}\u{1}\u{FEFF}a;b\r1;2\r\r3;4"),
        FuzzSeed("narrow", "\u{4}\u{2}abcdefgh,ijklmnop,q\n\"0123456789abcdefg\",x\n,,,,\n"),
        FuzzSeed("unclosed", "\u{6}\u{3}a\tb\n\"c\td\ne\tf\n"),
        FuzzSeed("bad", [3, 9, 0x61, 0x7C, 0xC3, 0x28, 0x0A, 0x22, 0x78, 0x22, 0x79, 0x0A]),
    ]
}
