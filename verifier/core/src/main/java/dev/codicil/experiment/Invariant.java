package dev.codicil.experiment;

import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Location;
import dev.codicil.contract.PathTemplates;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must be true after every replay of certain stimuli, in calm and in storm, whatever the reply
 * was.
 *
 * @param name unique in the project
 * @param of what it is asked after: names of probes and of sequences of messages, and operations
 *     ({@code POST /orders}, path templates allowed); empty for everything that is sent to a
 *     subject it reads from, or to any when it reads from none
 * @param read what is read of subjects, past all proxies, by name of the variable
 * @param check the statement
 * @param within how long it is waited for to become true; zero when it is asked once what it reads
 *     has come to rest
 * @param lost whether a violation means that something was lost, not that something is wrong
 * @param location where it was declared
 */
public record Invariant(
    String name,
    List<String> of,
    Map<String, ReadBack> read,
    Formula check,
    Duration within,
    boolean lost,
    Location location) {
  /** Variable of the reply to the stimulus. */
  public static final String REPLY = "reply";

  /** Variable of the request of the stimulus. */
  public static final String REQUEST = "request";

  /** Variable of what the read-backs told before the stimulus was sent. */
  public static final String BEFORE = "before";

  public Invariant {
    of = List.copyOf(of);
    read = Collections.unmodifiableMap(new LinkedHashMap<>(read));
  }

  /**
   * What is asked of a subject.
   *
   * @param subject its name
   * @param call a safe request
   */
  public record ReadBack(String subject, HttpRequest call) {}

  /** Whether it is asked after a replay of this scenario. */
  public boolean concerns(Scenario scenario) {
    Stimulus stimulus = scenario.stimulus();
    if (of.isEmpty()) {
      return read.isEmpty()
          || read.values().stream().anyMatch(one -> one.subject().equals(stimulus.provider()));
    }
    return of.stream().anyMatch(one -> names(one, stimulus, scenario.request()));
  }

  /** Whether a name, or an operation, means this stimulus. */
  static boolean names(String one, Stimulus stimulus, HttpRequest request) {
    return isOperation(one)
        ? stimulus.kind() != Stimulus.Kind.MESSAGES && matches(one, request)
        : stimulus.ofConsumer() && one.equals(stimulus.name());
  }

  /** Whether an entry of {@link #of} is an operation, not a name. */
  public static boolean isOperation(String of) {
    return of.contains(" /");
  }

  private static boolean matches(String operation, HttpRequest request) {
    int space = operation.indexOf(' ');
    return operation.substring(0, space).equalsIgnoreCase(request.method())
        && PathTemplates.matches(operation.substring(space + 1).trim(), request.path());
  }

  /** The same for a history, which holds no code. */
  public Declared declared(int stimuli, @Nullable String left) {
    return new Declared(name, check.text(), lost, stimuli, left, location.toString());
  }

  /**
   * An invariant as the history knows it.
   *
   * @param name of the invariant
   * @param check the statement as it was written
   * @param lost whether a violation is a loss
   * @param stimuli after how many stimuli of the plan it is asked
   * @param left why nothing that it is asked after is replayed, when that is as it should be; null
   *     otherwise
   * @param location {@code file:line:column}
   */
  public record Declared(
      String name,
      String check,
      boolean lost,
      int stimuli,
      @Nullable String left,
      String location) {}
}
