extension JSONParser {
    /// Reads a number; `index` stands on its sign or first digit.
    mutating func number() throws(StandardsError) -> JSONValue {
        let start = index
        let isNegative = take(UInt8(ascii: "-"))
        guard let integer = try wholePart(isNegative: isNegative) else {
            try fraction()
            try exponent()
            return try double(from: start)
        }
        let end = index
        try fraction()
        try exponent()
        return index == end ? .integer(integer) : try double(from: start)
    }

    /// Steps over the digits before the point and returns their value, or nil if 64 bits cannot hold it.
    private mutating func wholePart(isNegative: Bool) throws(StandardsError) -> Int64? {
        guard index < bytes.count, let first = digit(bytes[index]) else { throw expected("a digit") }
        index += 1
        if first == 0 {
            if index < bytes.count, digit(bytes[index]) != nil {
                throw error(at: index - 1, "a number may not begin with a zero", "remove it")
            }
            return 0
        }
        // Counting downward holds the least integer too, which has no positive twin.
        var value = -first
        var overflows = false
        while index < bytes.count, let next = digit(bytes[index]) {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, tooLow) = product.subtractingReportingOverflow(next)
            overflows = overflows || tooLarge || tooLow
            value = sum
            index += 1
        }
        if overflows { return nil }
        return isNegative ? value : (value == .min ? nil : -value)
    }

    private mutating func fraction() throws(StandardsError) {
        guard take(UInt8(ascii: ".")) else { return }
        try digits()
    }

    private mutating func exponent() throws(StandardsError) {
        guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return }
        if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
        try digits()
    }

    private mutating func digits() throws(StandardsError) {
        let start = index
        while index < bytes.count, digit(bytes[index]) != nil { index += 1 }
        guard index > start else { throw expected("a digit") }
    }

    private func double(from start: Int) throws(StandardsError) -> JSONValue {
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
        guard let number = Double(text), number.isFinite else {
            throw error(at: start, "the number is too large", "use a number a 64-bit double can hold")
        }
        return .number(number)
    }

    private func digit(_ byte: UInt8) -> Int64? {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int64(byte - UInt8(ascii: "0")) : nil
    }
}
