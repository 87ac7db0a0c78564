/// Positions in a picture, in tenths of a pixel: whole numbers, so that a picture has the same bytes on every machine.
enum Coordinate {
    /// `12.3` of 123, `12` of 120.
    static func text(_ tenths: Int64) -> String {
        let magnitude = tenths.magnitude
        let sign = tenths < 0 ? "-" : ""
        return magnitude % 10 == 0 ? "\(sign)\(magnitude / 10)" : "\(sign)\(magnitude / 10).\(magnitude % 10)"
    }
}
