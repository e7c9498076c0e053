package dev.codicil.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the declared checks found in one run of one cell, beyond what its contract says.
 *
 * @param invariants what was asked, in order of declaration
 * @param surfaced where something secret came to light
 * @param wrongError how an error says the wrong thing, in one line; null when it does not
 * @param unaided whether the subject answered as before the storm without being reset; null when
 *     that was not looked for
 */
public record CheckRecord(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Reading> invariants,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Surfaced> surfaced,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String wrongError,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Unaided unaided) {
  /** Nothing was checked, or nothing is to be told. */
  public static final CheckRecord NONE = new CheckRecord(List.of(), List.of(), null);

  @SuppressWarnings("NullAway") // lists that are empty are not written, and read as null
  public CheckRecord {
    invariants = invariants == null ? List.of() : List.copyOf(invariants);
    surfaced = surfaced == null ? List.of() : List.copyOf(surfaced);
  }

  /** What was found of invariants, canaries and errors. */
  public CheckRecord(
      List<Reading> invariants, List<Surfaced> surfaced, @Nullable String wrongError) {
    this(invariants, surfaced, wrongError, null);
  }

  /** Whether there is anything to write down. */
  public boolean tells() {
    return !invariants.isEmpty() || !surfaced.isEmpty() || wrongError != null || unaided != null;
  }

  /** The same, with how the subject came back by itself; null for not looked for. */
  public CheckRecord withUnaided(@Nullable Unaided back) {
    return new CheckRecord(invariants, surfaced, wrongError, back);
  }

  /** The same, with more that came to light. */
  public CheckRecord withSurfaced(List<Surfaced> more) {
    List<Surfaced> all = new java.util.ArrayList<>(surfaced);
    more.stream().filter(one -> !all.contains(one)).forEach(all::add);
    return new CheckRecord(invariants, all, wrongError, unaided);
  }

  /** The same, with an error that says the wrong thing; the first one that was found stays. */
  public CheckRecord withWrongError(@Nullable String wrong) {
    return new CheckRecord(invariants, surfaced, wrongError == null ? wrong : wrongError, unaided);
  }

  /** The same, with what was read of invariants later on. */
  public CheckRecord withReadings(List<Reading> more) {
    List<Reading> all = new java.util.ArrayList<>(invariants);
    all.addAll(more);
    return new CheckRecord(all, surfaced, wrongError, unaided);
  }

  /** What came of an invariant in a cell. */
  public enum Result {
    /** It was true. */
    HELD,
    /** It was false. */
    VIOLATED,
    /** It could not be decided. */
    UNDECIDED,
    /** It says something of a reply, and none came that it could be asked of. */
    NOT_ASKED
  }

  /**
   * One invariant, asked once.
   *
   * @param name of the invariant
   * @param result what came of it
   * @param lost whether a violation is a loss; else wrong data was accepted as right
   * @param recovered whether it was asked after the subject should have recovered
   * @param problem why it could not be decided or was not asked; empty otherwise
   * @param values what it read, by place; compact JSON, redacted and shortened
   * @param idle whether no other values in those places would have violated it
   */
  public record Reading(
      String name,
      Result result,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean lost,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean recovered,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String problem,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> values,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean idle) {
    @SuppressWarnings("NullAway") // what is empty is not written, and read as null
    public Reading {
      problem = problem == null ? "" : problem;
      values = values == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The same, asked after the subject should have recovered. */
    public Reading afterRecovery() {
      return new Reading(name, result, lost, true, problem, values, idle);
    }

    /** {@code sold.body.seats = 5, used.body.seats = 6}. */
    public String valuesText() {
      return values.entrySet().stream()
          .map(one -> one.getKey() + " = " + one.getValue())
          .collect(java.util.stream.Collectors.joining(", "));
    }
  }

  /**
   * Whether a subject, asked the same once more after a storm and not reset, answered as before it.
   *
   * @param back whether it did, within its recovery time
   * @param difference the first place that stayed another, for people; empty when it came back
   */
  public record Unaided(
      boolean back, @JsonInclude(JsonInclude.Include.NON_EMPTY) String difference) {
    /** It answers as before. */
    public static final Unaided BACK = new Unaided(true, "");

    @SuppressWarnings("NullAway") // what is empty is not written, and read as null
    public Unaided {
      difference = difference == null ? "" : difference;
    }
  }

  /**
   * Something secret that came to light.
   *
   * @param what name of the canary, or that it is a secret of the configuration; never its value
   * @param form how it was written: {@code as it is}, {@code base64}, {@code SHA-256 as hex}
   * @param place where: a JSON pointer or byte offset of a reply, a line of a log, an edge
   */
  public record Surfaced(String what, String form, String place) {
    /** For people. */
    public String text() {
      return what + (form.equals("as it is") ? "" : " (" + form + ")") + " in " + place;
    }
  }
}
