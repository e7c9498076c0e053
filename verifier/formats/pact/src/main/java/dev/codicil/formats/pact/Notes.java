package dev.codicil.formats.pact;

import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.InputException;
import java.util.ArrayList;
import java.util.List;

/** Collects what was found in one document and not understood. */
public final class Notes {
  private final List<Problem> problems = new ArrayList<>();

  /** Notes something at a place. */
  public void add(Spot at, String message) {
    problems.add(new Problem(at.location(), message));
  }

  /** Notes that one part of the document cannot be used, while the rest can. */
  public void add(InputException unusable) {
    problems.add(
        new Problem(
            unusable.location(),
            unusable.what() + (unusable.remedy().isEmpty() ? "" : " (" + unusable.remedy() + ")")));
  }

  /** What was noted, in order. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }
}
