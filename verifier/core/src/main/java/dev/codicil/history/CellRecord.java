package dev.codicil.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codicil.chaos.Injection;
import dev.codicil.contract.Mismatch;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was observed in one run of one cell; redacted, and enough to judge it again offline.
 *
 * @param cell which cell
 * @param attempt 0 for the first run, then 1, 2 for re-runs of the same cell
 * @param ended how the exchange with the replayed subject ended
 * @param status status of the reply; 0 when there was none
 * @param elapsedMillis from the first byte sent to the last byte received, or to the end
 * @param budgetMillis the time budget it was held to
 * @param mismatches what the expectation found, worst first; empty for probes
 * @param declaredError whether the reply is an error that the contract declares, in the declared
 *     form; for an undeclared answer of a probe, whether it is a clean one
 * @param answer for a probe, which declared answer matched: {@code held}, {@code degraded}, {@code
 *     refused}, {@code wrong} when the status is that of {@code held} and the body is not, {@code
 *     none} when nothing matched, {@link #UNDECLARED} when nothing matched and no {@code held} is
 *     declared; null for interactions
 * @param leak what an error body gave away (a stack trace, a secret), named and not quoted; null
 *     when nothing
 * @param effects read-backs before and after
 * @param fields type by JSON pointer, for the reply body's fields that the base contract promises
 *     (all fields for a probe); for a probe also a digest of each value, by {@link #VALUE} and
 *     pointer
 * @param reached number of exchanges by edge
 * @param seen JSON pointers of fields seen in messages, by {@code EDGE upstream|downstream}
 * @param injections what was injected, in order of edge and call
 * @param request the request as replayed, redacted
 * @param reply the reply as received, redacted; null when there was none
 * @param recoveryMillis how long the subject took to its steady state after the cell; -1 when it
 *     did not return to it in time
 * @param problem why nothing can be said about this cell; null when something can
 * @param load what was observed under a load, of which the rest tells the most frequent answer;
 *     null for a single replay
 * @param fleet what the nodes of subjects did; null when there is nothing to tell of them
 * @param messages what became of the messages that were published, of which the reply is what the
 *     subject reports in the end; null for a request
 * @param published what subjects published meanwhile; null where nothing is declared to be
 * @param checks what declared checks found; null when there is nothing to tell
 */
public record CellRecord(
    Cell cell,
    int attempt,
    Ended ended,
    int status,
    long elapsedMillis,
    long budgetMillis,
    List<Mismatch> mismatches,
    boolean declaredError,
    @Nullable String answer,
    @Nullable String leak,
    List<EffectReading> effects,
    Map<String, String> fields,
    Map<String, Integer> reached,
    Map<String, List<String>> seen,
    List<Injection> injections,
    MessageSketch request,
    @Nullable MessageSketch reply,
    long recoveryMillis,
    @Nullable String problem,
    @Nullable LoadRecord load,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FleetRecord fleet,
    @Nullable MessageRecord messages,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PublishedRecord published,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CheckRecord checks) {
  /** The answer of a probe that has no declared good one, when no other declared one matched. */
  public static final String UNDECLARED = "undeclared";

  /** Before the JSON pointer of a value whose digest is among the fields. */
  public static final String VALUE = "=";

  public CellRecord {
    mismatches = List.copyOf(mismatches);
    effects = List.copyOf(effects);
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    reached = Collections.unmodifiableMap(new TreeMap<>(reached));
    seen = Collections.unmodifiableMap(new TreeMap<>(seen));
    injections = List.copyOf(injections);
  }

  /** What was observed of a single replay. */
  public CellRecord(
      Cell cell,
      int attempt,
      Ended ended,
      int status,
      long elapsedMillis,
      long budgetMillis,
      List<Mismatch> mismatches,
      boolean declaredError,
      @Nullable String answer,
      @Nullable String leak,
      List<EffectReading> effects,
      Map<String, String> fields,
      Map<String, Integer> reached,
      Map<String, List<String>> seen,
      List<Injection> injections,
      MessageSketch request,
      @Nullable MessageSketch reply,
      long recoveryMillis,
      @Nullable String problem) {
    this(
        cell,
        attempt,
        ended,
        status,
        elapsedMillis,
        budgetMillis,
        mismatches,
        declaredError,
        answer,
        leak,
        effects,
        fields,
        reached,
        seen,
        injections,
        request,
        reply,
        recoveryMillis,
        problem,
        null,
        null,
        null,
        null,
        null);
  }

  /** The same observation, with how long the subject took to its steady state after it. */
  public CellRecord withRecovery(long millis) {
    return with(effects, fields, millis, load, fleet, messages, published, checks);
  }

  /** What was read back of the subject that was asked, without those behind it. */
  public List<EffectReading> ownEffects() {
    return effects.stream().filter(EffectReading::own).toList();
  }

  /** The same observation, with other read-backs. */
  public CellRecord withEffects(List<EffectReading> others) {
    return with(others, fields, recoveryMillis, load, fleet, messages, published, checks);
  }

  /** The same observation, with other fields of the reply's body. */
  public CellRecord withFields(Map<String, String> others) {
    return with(effects, others, recoveryMillis, load, fleet, messages, published, checks);
  }

  /** The same observation, made under a load. */
  public CellRecord withLoad(LoadRecord load) {
    return with(effects, fields, recoveryMillis, load, fleet, messages, published, checks);
  }

  /** The same observation, with what the nodes did. */
  public CellRecord withFleet(FleetRecord nodes) {
    return with(
        effects,
        fields,
        recoveryMillis,
        load,
        nodes.tells() ? nodes : null,
        messages,
        published,
        checks);
  }

  /** The same observation, made of messages. */
  public CellRecord withMessages(MessageRecord messages) {
    return with(effects, fields, recoveryMillis, load, fleet, messages, published, checks);
  }

  /** The same observation, with what subjects published meanwhile. */
  public CellRecord withPublished(@Nullable PublishedRecord published) {
    return with(effects, fields, recoveryMillis, load, fleet, messages, published, checks);
  }

  /** The same observation, with what declared checks found. */
  public CellRecord withChecks(CheckRecord found) {
    return with(
        effects,
        fields,
        recoveryMillis,
        load,
        fleet,
        messages,
        published,
        found.tells() ? found : null);
  }

  /** What declared checks found; nothing when there were none. */
  public CheckRecord found() {
    return checks == null ? CheckRecord.NONE : checks;
  }

  /** One kind of answer of a load, as if it were the only one. */
  public CellRecord answered(LoadRecord.Answer kind) {
    return new CellRecord(
        cell,
        attempt,
        kind.ended(),
        kind.status(),
        0,
        budgetMillis,
        kind.mismatches(),
        kind.declaredError(),
        kind.answer(),
        kind.leak(),
        List.of(),
        kind.fields(),
        reached,
        seen,
        injections,
        request,
        null,
        0,
        kind.problem(),
        null,
        null,
        null,
        null,
        null);
  }

  private CellRecord with(
      List<EffectReading> effects,
      Map<String, String> fields,
      long recoveryMillis,
      @Nullable LoadRecord load,
      @Nullable FleetRecord fleet,
      @Nullable MessageRecord messages,
      @Nullable PublishedRecord published,
      @Nullable CheckRecord checks) {
    return new CellRecord(
        cell,
        attempt,
        ended,
        status,
        elapsedMillis,
        budgetMillis,
        mismatches,
        declaredError,
        answer,
        leak,
        effects,
        fields,
        reached,
        seen,
        injections,
        request,
        reply,
        recoveryMillis,
        problem,
        load,
        fleet,
        messages,
        published,
        checks);
  }

  /** How the exchange ended. */
  public enum Ended {
    /** A whole reply came within the budget. */
    REPLIED,
    /** No whole reply within the budget. */
    TIMED_OUT,
    /** The connection ended before a whole reply. */
    DISCONNECTED,
    /** What came back was not HTTP. */
    GARBLED,
    /** Nothing was sent; {@code problem} says why. */
    NOT_SENT
  }

  /**
   * Identity of a cell.
   *
   * @param column id of the column
   * @param stimulus id of the stimulus
   * @param experiment id of the experiment; empty for the calm cell
   */
  public record Cell(String column, String stimulus, String experiment) {
    /** Whether this is a calm cell. */
    public boolean calm() {
      return experiment.isEmpty();
    }

    /** {@code EXPERIMENT@COLUMN}, or {@code STIMULUS@COLUMN} in calm. */
    public String label() {
      return (calm() ? stimulus : experiment) + "@" + column;
    }
  }

  /**
   * A read-back.
   *
   * @param name of the effect
   * @param change by how much the number changed; null when it could not be read
   * @param expected by how much one success changes it
   * @param behind the subject that declares it, when that is not the one that was asked but one
   *     behind it; what is right is then what calm changes. Null for the subject's own
   */
  public record EffectReading(
      String name,
      @Nullable Long change,
      long expected,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String behind) {
    /** An effect of the subject that was asked. */
    public EffectReading(String name, @Nullable Long change, long expected) {
      this(name, change, expected, null);
    }

    /** Whether the subject that was asked declares it. */
    public boolean own() {
      return behind == null;
    }
  }

  /**
   * A message for people: redacted and shortened.
   *
   * @param start request line or status line
   * @param headers one {@code name: value} a line, secrets redacted
   * @param body redacted, cut after some kilobytes
   */
  public record MessageSketch(String start, List<String> headers, String body) {
    public MessageSketch {
      headers = List.copyOf(headers);
    }
  }
}
