extension String {
    /// Nil unless the bytes are UTF-8.
    ///
    /// What is no UTF-8 is replaced by the library and then differs; its own check is put together at run time, which
    /// costs more than looking at every byte again.
    init?(checkingUTF8 bytes: UnsafeRawBufferPointer) {
        var text = String(decoding: bytes, as: UTF8.self)
        guard text.withUTF8({ UnsafeRawBufferPointer($0).isSame(as: bytes) }) else { return nil }
        self = text
    }
}
