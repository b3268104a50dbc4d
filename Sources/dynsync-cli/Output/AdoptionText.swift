import Model
import Sync

/// What an adoption changes, and what will happen then.
struct AdoptionText {
  let text: String

  init(_ adoption: Adoption) {
    let (known, found) = (adoption.known, adoption.found)
    text = """
      \(known.side): another \(found.difference(from: known)) answers
        was  organisation \(known.organisation), user \(known.user), at \(known.host)
        is   organisation \(found.organisation), user \(found.user), at \(found.host)
      Links and last agreed values stay. The next run reads this side from the start; \
      if its records are not the same ones, it stops before it writes.
      """
  }
}
