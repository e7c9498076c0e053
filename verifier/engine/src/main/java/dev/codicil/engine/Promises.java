package dev.codicil.engine;

import dev.codicil.amendment.Amendment;
import dev.codicil.amendment.Change;
import dev.codicil.conformance.Conformance;
import dev.codicil.conformance.Conformity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the head's documents do not promise to the consumers of its contracts, each in a sentence.
 * It decides nothing where services are replayed, since those show what really comes.
 */
final class Promises {
  private static final int MOST = 20;

  private Promises() {}

  /** The gaps of the head, those that the base does not have first. */
  static List<String> kept(Amendment amendment) {
    Conformity after = Conformance.of(amendment.after());
    if (after.gaps().isEmpty() && after.undecided().isEmpty()) {
      return List.of();
    }
    Conformity before = Conformance.of(amendment.before());
    Set<String> known = before.gaps().stream().map(Promises::sentence).collect(Collectors.toSet());
    List<String> notes = new ArrayList<>();
    for (Change gap : after.gaps()) {
      if (!known.contains(sentence(gap))) {
        notes.add("no longer promised by the documents: " + sentence(gap));
      }
    }
    after.gaps().stream()
        .map(Promises::sentence)
        .filter(known::contains)
        .forEach(gap -> notes.add("not promised by the documents, before or after: " + gap));
    if (!after.undecided().isEmpty()) {
      notes.add(
          after.undecided().size()
              + " places where it could not be decided whether the documents promise what"
              + " consumers rely on; codicil conform names them");
    }
    if (notes.size() > MOST) {
      int more = notes.size() - MOST;
      notes.subList(MOST, notes.size()).clear();
      notes.add("and " + more + " more gaps; codicil conform names them");
    }
    return notes;
  }

  private static String sentence(Change gap) {
    return gap.operation()
        + ": "
        + gap.message()
        + gap.touches().stream()
            .map(touch -> " (" + touch.consumer() + ": " + touch.description() + ")")
            .collect(Collectors.joining());
  }
}
