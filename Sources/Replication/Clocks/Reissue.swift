/// Gives changes that have never left their site the times they should have had.
///
/// Changes of one start of the process move together by the error that the first measurement found, so intervals
/// within a start stay exact. Earlier starts, whose error nobody can know, move down only so far that their blocks do
/// not overlap. Order and sequence stay; each change ends above the one before, above all that it has seen, and above
/// the declared watermark.
enum Reissue {
    struct Item {
        let stamp: Stamp
        /// The start of the process in which it was written.
        let start: UInt32
        /// Whether it was written before the hub had answered in that start.
        let isUnmeasured: Bool
        /// The highest stamp among what the change has seen.
        let floor: Stamp
    }

    /// - Parameters:
    ///   - items: the unsent changes of one origin in order.
    ///   - current: the start that is running.
    ///   - error: how far this start was ahead, in milliseconds.
    ///   - now: province time as measured, in milliseconds.
    ///   - watermark: the declared time, in milliseconds; nothing may be stamped at or below it.
    ///   - sent: the stamp of the origin's last change that has left, which stays as it is.
    /// - Returns: the new stamps, or nil if none is off by more than the bound.
    static func stamps(
        _ items: [Item], current: UInt32, error: Int64, now: Int64, watermark: Int64, sent: Stamp = .zero
    ) -> [Stamp]? {
        let bound = ReplicationLimits.aheadMilliseconds
        let isOff = items.contains { item in
            (item.start == current && item.isUnmeasured && abs(error) > bound)
                || item.stamp.milliseconds > now + bound
        }
        guard isOff else { return nil }
        // A stamp that was held up by a higher one, and not read from the clock, must not move beyond the present.
        var shifted = items.map { item in
            guard item.start == current else { return item.stamp.milliseconds }
            if item.isUnmeasured { return clamped(min(item.stamp.milliseconds - error, now)) }
            return item.stamp.milliseconds > now + bound ? clamped(now) : item.stamp.milliseconds
        }
        lowerEarlierBlocks(items, &shifted, current: current, now: now)
        var previous = max(sent, Stamp.end(of: watermark))
        return zip(items, shifted).map { item, milliseconds in
            previous = max(Stamp(milliseconds: milliseconds), previous.next, item.floor.next)
            return previous
        }
    }

    /// Goes backwards through the starts: a block that reaches into the next one moves down until it ends before it.
    private static func lowerEarlierBlocks(
        _ items: [Item], _ shifted: inout [Int64], current: UInt32, now: Int64
    ) {
        var ceiling = now
        var end = items.count
        while end > 0 {
            let start = items[end - 1].start
            let begin = items[..<end].lastIndex { $0.start != start }.map { $0 + 1 } ?? 0
            if start != current, shifted[end - 1] > ceiling {
                let overlap = shifted[end - 1] - ceiling
                for index in begin..<end { shifted[index] = clamped(shifted[index] - overlap) }
            }
            ceiling = shifted[begin] - 1
            end = begin
        }
    }

    private static func clamped(_ milliseconds: Int64) -> Int64 { min(max(0, milliseconds), Stamp.millisecondsMax) }
}
