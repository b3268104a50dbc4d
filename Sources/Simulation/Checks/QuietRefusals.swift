import Model

/// Looks at what was refused while nobody edited: the same content is not tried again within an hour.
struct QuietRefusals {
  let refusals: [RefusedWrite]
  /// How many of them were refused before all was quiet.
  let earlier: Int

  var violations: [String] {
    refusals.indices.dropFirst(earlier).compactMap { place in
      let refusal = refusals[place]
      let before = refusals[..<place].last { $0.isSame(as: refusal) }
      if let before, refusal.at.seconds - before.at.seconds >= 3600 { return nil }
      return "\(refusal.object) \(refusal.record) \(refusal.field?.rawValue ?? ""): a quiet run"
        + " wrote what is refused"
    }
  }
}
