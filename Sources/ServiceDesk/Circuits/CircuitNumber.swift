/// How a circuit's number (电路代号) is written, so that whoever types it in another way means the same circuit.
public enum CircuitNumber {
    /// Without blanks around it and with one blank for several, small letters of ASCII as capitals, and full-width
    /// signs as those of ASCII. Other letters stay as they are: their rules change from one system to the next.
    public static func canonical(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let narrow = narrowed(scalar)
            if narrow == " " {
                if !scalars.isEmpty, scalars.last != " " { scalars.append(narrow) }
            } else {
                scalars.append(narrow)
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// What is wrong with a number in canonical form; nil when nothing is.
    static func problem(_ number: String) -> Flaw? {
        let lengths = 1...DeskLimits.circuitNumberLength
        guard lengths.contains(number.unicodeScalars.count) else { return .wrongLength(lengths) }
        let isPlain = number.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        return isPlain ? nil : "holds a control character"
    }

    private static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        var value = scalar.value
        if value == 0x3000 || value == 0x09 { return " " }
        // The full-width forms stand in the order of ASCII.
        if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
        if (0x61...0x7A).contains(value) { value -= 0x20 }
        return Unicode.Scalar(value) ?? scalar
    }
}
