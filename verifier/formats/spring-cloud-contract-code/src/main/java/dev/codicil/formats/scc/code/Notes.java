package dev.codicil.formats.scc.code;

import java.util.ArrayList;
import java.util.List;

/** What could not be carried over from one part of a contract. */
final class Notes {
  private final String part;
  private final List<String> problems;

  private Notes(String part, List<String> problems) {
    this.part = part;
    this.problems = problems;
  }

  static Notes of(String part) {
    return new Notes(part, new ArrayList<>());
  }

  /** Notes for a part of this one, in the same list. */
  Notes inside(String name) {
    return new Notes(part.isEmpty() ? name : part + " " + name, problems);
  }

  void add(String problem) {
    problems.add(part.isEmpty() ? problem : part + ": " + problem);
  }

  List<String> all() {
    return List.copyOf(problems);
  }
}
