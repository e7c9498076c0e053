package dev.codicil.experiment;

import java.util.List;

/**
 * One step of the rollout: exactly one more side is amended.
 *
 * @param amended subjects that change from base to head in this step
 * @param before id of the column before it
 * @param after id of the column after it
 */
public record Step(List<String> amended, String before, String after) {
  public Step {
    amended = List.copyOf(amended);
  }
}
