import Glibc
import ServiceDesk

/// Turns a file's bytes into UTF-8, piece by piece.
///
/// Where bytes mean nothing in the file's encoding it writes ``unreadable``, which no UTF-8 has, and goes on: so the
/// record around it is rejected and no other.
final class TextDecoder {
    static let unreadable: UInt8 = 0xFF
    private static var failed: iconv_t? { iconv_t(bitPattern: -1) }

    private let converter: iconv_t
    private let unitBytes: Int
    /// The beginning of a character whose end is in the next piece.
    private var rest: [UInt8] = []

    /// - Throws: when the system has no converter.
    init(from encoding: TextEncoding) throws {
        unitBytes = encoding == .gb18030 ? 1 : 2
        guard let converter = iconv_open("UTF-8", encoding.systemName), converter != Self.failed else {
            throw CommandError(
                .no, "read \(encoding.rawValue)", reason: "this system cannot convert it",
                remedy: "install the C library's converters, or convert the file with iconv")
        }
        self.converter = converter
    }

    deinit { iconv_close(converter) }

    /// - Parameter isLast: whether the file ends with this piece.
    func decode(_ piece: [UInt8], isLast: Bool = false) -> [UInt8] {
        var input = rest + piece
        var output = [UInt8](repeating: 0, count: input.count * 3 + 16)
        var written = 0
        var consumed = 0
        input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                while consumed < source.count {
                    let code = convert(source, &consumed, target, &written)
                    if code == EILSEQ {
                        target[written] = Self.unreadable
                        written += 1
                        consumed += min(unitBytes, source.count - consumed)
                    } else if code != 0 {
                        break
                    }
                }
            }
        }
        rest = Array(input[consumed...])
        output.removeLast(output.count - written)
        if isLast, !rest.isEmpty {
            rest = []
            output.append(Self.unreadable)
        }
        return output
    }

    /// - Returns: 0 at the end of the input, or why it stopped: EILSEQ at bytes that mean nothing, EINVAL at the
    ///   beginning of a character. The output is large enough whatever comes: no encoding here grows by more than 3.
    private func convert(
        _ source: UnsafeMutableRawBufferPointer, _ consumed: inout Int, _ target: UnsafeMutableRawBufferPointer,
        _ written: inout Int
    ) -> CInt {
        var from = source.baseAddress?.advanced(by: consumed).assumingMemoryBound(to: CChar.self)
        var fromLeft = source.count - consumed
        var to = target.baseAddress?.advanced(by: written).assumingMemoryBound(to: CChar.self)
        var toLeft = target.count - written
        let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
        let code = result == -1 ? errno : 0
        consumed = source.count - fromLeft
        written = target.count - toLeft
        return code
    }
}

extension TextEncoding {
    /// As `iconv` calls it.
    fileprivate var systemName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16, .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .gb18030: "GB18030"
        }
    }
}
