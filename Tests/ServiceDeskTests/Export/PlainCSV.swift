/// Reads CSV as RFC 4180 has it and nothing more, over bytes: to look at our files with other eyes.
enum PlainCSV {
    static func records(_ bytes: [UInt8]) -> [[[UInt8]]] {
        var (records, record, cell, isQuoted, index) = ([[[UInt8]]](), [[UInt8]](), [UInt8](), false, 0)
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isQuoted {
                if byte != 0x22 {
                    cell.append(byte)
                } else if index < bytes.count, bytes[index] == 0x22 {
                    cell.append(byte)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 0x22, cell.isEmpty {
                isQuoted = true
            } else if byte == 0x2C {
                record.append(cell)
                cell = []
            } else if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A {
                index += 1
                records.append(record + [cell])
                (record, cell) = ([], [])
            } else {
                cell.append(byte)
            }
        }
        return records
    }
}
