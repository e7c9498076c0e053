package dev.codicil.formats.jsonschema;

import dev.codicil.contract.ContractFormat.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was not understood while reading one document, each once, in the order it was met. */
public final class Problems {
  private static final int MAX = 500;

  private final Set<Problem> found = new LinkedHashSet<>();
  private boolean full;

  public void add(Place at, String message) {
    if (found.size() < MAX) {
      found.add(new Problem(at.location(), message));
    } else if (!full) {
      full = true;
      found.add(new Problem(at.location(), "and more problems, from here on not listed"));
    }
  }

  /** Follows references; null, and a problem, when they lead nowhere. */
  public @Nullable Place follow(Documents documents, Place from) {
    try {
      return documents.follow(from);
    } catch (BrokenReference broken) {
      add(from, messageOf(broken));
      return null;
    }
  }

  public static String messageOf(BrokenReference broken) {
    return broken.getMessage() == null ? "broken reference" : broken.getMessage();
  }

  public List<Problem> list() {
    return List.copyOf(found);
  }
}
