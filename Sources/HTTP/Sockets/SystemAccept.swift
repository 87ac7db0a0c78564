import Glibc

/// `accept4`, which the Glibc module hides because the header shows it to GNU sources only. Setting the flags after a
/// plain `accept` would leave a moment in which a child process inherits the descriptor.
@_silgen_name("accept4")
func systemAccept4(
    _ descriptor: CInt, _ address: UnsafeMutablePointer<sockaddr>, _ length: UnsafeMutablePointer<socklen_t>,
    _ flags: CInt
) -> CInt
