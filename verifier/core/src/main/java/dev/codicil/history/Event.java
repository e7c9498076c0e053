package dev.codicil.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.codicil.amendment.Change;
import dev.codicil.contract.Ledger;
import dev.codicil.experiment.Invariant;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.SmallestCause;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One line of the history. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Planned.class, name = "planned"),
  @JsonSubTypes.Type(value = Event.SubjectStarted.class, name = "subject-started"),
  @JsonSubTypes.Type(value = Event.SubjectFailed.class, name = "subject-failed"),
  @JsonSubTypes.Type(value = Event.CellRun.class, name = "cell"),
  @JsonSubTypes.Type(value = Event.CellSkipped.class, name = "cell-skipped"),
  @JsonSubTypes.Type(value = Event.CauseFound.class, name = "cause"),
  @JsonSubTypes.Type(value = Event.Bypassed.class, name = "bypassed"),
  @JsonSubTypes.Type(value = Event.Surfaced.class, name = "surfaced"),
  @JsonSubTypes.Type(value = Event.Noted.class, name = "noted"),
  @JsonSubTypes.Type(value = Event.Finished.class, name = "finished")
})
public sealed interface Event {
  /**
   * Key of {@link Planned#inputs()} under which stand the options that name the amendment to the
   * command line.
   */
  String ARGUMENTS = "arguments";

  /**
   * Key of {@link Planned#inputs()} under which stands what limited the run to less than the
   * project declares; absent when nothing did.
   */
  String NARROWED = "narrowed";

  /**
   * Always the first line: all that is known before anything runs, so that a history can be judged
   * alone.
   *
   * @param schema version of the history format
   * @param amendment name of the amendment
   * @param plan what will be run
   * @param changes differences of the documents
   * @param ledger files found and loaded
   * @param inputs hashes of what the run depends on (contracts, profiles, builds, configuration),
   *     for {@code --resume}
   * @param evidenceCap best evidence this run can give: {@code replayed}, {@code stub} or {@code
   *     documents}
   * @param edges declared edges
   * @param invariants what must be true after every replay
   * @param pending why what is found about a stimulus decides nothing, by its id: nobody has
   *     promised it yet
   */
  record Planned(
      int schema,
      String amendment,
      Plan plan,
      List<Change> changes,
      Ledger ledger,
      Map<String, String> inputs,
      String evidenceCap,
      List<String> edges,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Invariant.Declared> invariants,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> pending)
      implements Event {
    @SuppressWarnings("NullAway") // what is empty is not written, and read as null
    public Planned {
      invariants = invariants == null ? List.of() : List.copyOf(invariants);
      pending = pending == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(pending));
    }

    /** A plan all of which is promised. */
    public Planned(
        int schema,
        String amendment,
        Plan plan,
        List<Change> changes,
        Ledger ledger,
        Map<String, String> inputs,
        String evidenceCap,
        List<String> edges,
        List<Invariant.Declared> invariants) {
      this(
          schema,
          amendment,
          plan,
          changes,
          ledger,
          inputs,
          evidenceCap,
          edges,
          invariants,
          Map.of());
    }

    /** A plan without invariants. */
    public Planned(
        int schema,
        String amendment,
        Plan plan,
        List<Change> changes,
        Ledger ledger,
        Map<String, String> inputs,
        String evidenceCap,
        List<String> edges) {
      this(schema, amendment, plan, changes, ledger, inputs, evidenceCap, edges, List.of());
    }
  }

  /** A subject became ready. */
  record SubjectStarted(String column, String subject, long millis) implements Event {}

  /**
   * A subject did not become ready, or died.
   *
   * @param kind {@code exited}, {@code timed-out}, {@code not-built}, {@code died}
   * @param message what happened, with the end of its log, redacted
   */
  record SubjectFailed(String column, String subject, String kind, String message)
      implements Event {}

  /**
   * One run of one cell.
   *
   * @param cached whether it was run before, with the same inputs, and not again
   */
  record CellRun(CellRecord record, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean cached)
      implements Event {
    /** A cell that was run now. */
    public CellRun(CellRecord record) {
      this(record, false);
    }
  }

  /**
   * A cell that was planned and not run.
   *
   * @param reason {@code not-exposed} (the column's calm cell never reached edge or field), {@code
   *     calm-not-held}, {@code time-budget}, {@code subject-failed}, {@code aborted}
   * @param detail for people
   */
  record CellSkipped(CellRecord.Cell cell, String reason, String detail) implements Event {}

  /**
   * The smallest cause of an experiment that fails after and not before.
   *
   * @param experiment its id
   * @param cause what was found
   */
  record CauseFound(String experiment, SmallestCause cause) implements Event {}

  /**
   * A subject was seen with a connection that no proxy is on; told once for each remote.
   *
   * @param remote {@code ADDRESS:PORT}, IPv6 in brackets
   * @param declared whether the subject declares that it connects there directly
   */
  record Bypassed(String column, String subject, String remote, boolean declared)
      implements Event {}

  /**
   * Something secret stood in what a subject printed; told once for each secret, form and cell.
   *
   * @param cell label of the cell it was planted in; empty for what the subject was started with
   * @param calm whether that is a calm cell
   * @param found what it was, and where
   */
  record Surfaced(
      String column, String subject, String cell, boolean calm, CheckRecord.Surfaced found)
      implements Event {}

  /** Something worth telling that decides nothing. */
  record Noted(String message, @Nullable String column) implements Event {}

  /**
   * The last line of a run that came to its end.
   *
   * @param millis wall time of the run
   * @param timeBudgetCut how many cells a time budget left out
   */
  record Finished(long millis, int timeBudgetCut) implements Event {}
}
