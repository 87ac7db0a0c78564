/// Takes the answer to one of a connection's requests to it.
struct ExchangeSink: ResponseSink {
    let connection: Connection
    let number: UInt64

    func send(_ response: Response) {
        connection.respond(response, number: number)
    }

    func begin(status: Status, headers: Headers, flow: StreamFlow) {
        connection.beginStream(status, headers, flow, number: number)
    }

    func write(_ bytes: [UInt8]) {
        connection.writeStream(bytes, number: number)
    }

    func finish() {
        connection.finishStream(number: number)
    }

    func abort() {
        connection.abortStream(number: number)
    }

    func perform(_ work: @escaping @Sendable () -> Void) {
        connection.perform(work)
    }
}
