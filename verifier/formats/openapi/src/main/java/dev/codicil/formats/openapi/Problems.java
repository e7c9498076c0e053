package dev.codicil.formats.openapi;

import dev.codicil.contract.ContractFormat.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was not understood while reading one document, each once, in the order it was met. */
final class Problems {
  private static final int MAX = 500;

  private final Set<Problem> found = new LinkedHashSet<>();
  private boolean full;

  void add(Place at, String message) {
    if (found.size() < MAX) {
      found.add(new Problem(at.location(), message));
    } else if (!full) {
      full = true;
      found.add(new Problem(at.location(), "and more problems, from here on not listed"));
    }
  }

  /** Follows references; null, and a problem, when they lead nowhere. */
  @Nullable Place follow(Documents documents, Place from) {
    try {
      return documents.follow(from);
    } catch (BrokenReference broken) {
      add(from, messageOf(broken));
      return null;
    }
  }

  static String messageOf(BrokenReference broken) {
    return broken.getMessage() == null ? "broken reference" : broken.getMessage();
  }

  List<Problem> list() {
    return List.copyOf(found);
  }
}
