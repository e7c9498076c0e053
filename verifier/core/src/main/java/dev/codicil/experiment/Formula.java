package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A statement about JSON values that is true or false, or cannot be decided. Pure and bounded: the
 * same values give the same answer, in a limited number of steps.
 */
public interface Formula {
  /** The statement as it was written. */
  String text();

  /** Names of the variables it mentions. */
  Set<String> variables();

  /**
   * What it says of these values.
   *
   * @param values by name of the variable
   */
  Answer evaluate(Map<String, JsonNode> values);

  /**
   * Whether some other values of the same kinds, in the places it reads, would make it false. What
   * no such value violates says nothing about a service.
   *
   * @param values of which it is true
   */
  boolean violable(Map<String, JsonNode> values);

  /**
   * What came of it.
   *
   * @param holds null when it could not be decided
   * @param problem why it could not; empty when it could
   * @param read what stood in the places it names, in compact JSON, by place such as {@code
   *     sold.body.seats}; not redacted
   */
  record Answer(@Nullable Boolean holds, String problem, Map<String, String> read) {
    public Answer {
      read = Collections.unmodifiableMap(new TreeMap<>(read));
    }
  }
}
