/// What a parser takes at most. Every limit is inclusive: exactly that much is accepted.
public struct ParserLimits: Sendable, Hashable {
    /// Bytes of a request or status line without its line end. Above: 414.
    public var startLineBytesMax = 8 * 1024
    /// Bytes of all header lines with their line ends. Above: 431.
    public var headerBytesMax = 32 * 1024
    /// Header fields. Above: 431.
    public var headerFieldsMax = 100
    /// Bytes of a body, unless `limitBody` says otherwise. Above: 413.
    public var bodyBytesMax = 1024 * 1024
    /// Bytes of one chunk's size line, extensions included. Above: 400.
    public var chunkLineBytesMax = 256
    /// Bytes of chunk extensions over a whole body, which otherwise could outweigh it. Above: 400.
    public var chunkExtensionBytesMax = 4 * 1024
    /// Bytes of all trailer lines. Above: 431.
    public var trailerBytesMax = 4 * 1024
    /// Trailer fields. Above: 431.
    public var trailerFieldsMax = 20

    public init() {}
}
