/// A place for something that a value finds out once.
final class Kept<Value> {
    var value: Value?
}
