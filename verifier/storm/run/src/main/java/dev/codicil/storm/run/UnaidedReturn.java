package dev.codicil.storm.run;

import dev.codicil.contract.HttpReply;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Subject;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CheckRecord.Unaided;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a subject answers as before once a storm is over, asked the same again and left alone:
 * the reset before each calm replay would heal what only a reset heals, such as a cache that keeps
 * for ever what it learned from a failing upstream.
 *
 * <p>Only safe requests are asked, and only after faults behind the subject. What two requests in
 * calm do not answer alike, or drifts while nothing is wrong, is not compared.
 */
final class UnaidedReturn {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String STATUS = "status";

  private final RunRequest request;
  private final Lane lane;
  private final Calls calls;
  private final SubjectHooks hooks;
  private final Redactor redactor;
  private final RunClock clock;
  private final Map<String, Usual> usual = new HashMap<>();
  private final Set<String> stuck = new HashSet<>();

  /** What is answered in calm, by place, and the places where that is not always so. */
  private record Usual(Map<String, String> answer, Set<String> noise) {
    List<String> otherwise(Map<String, String> answer) {
      Set<String> places = new TreeSet<>(this.answer.keySet());
      places.addAll(answer.keySet());
      List<String> others = new ArrayList<>(places);
      others.removeIf(
          place ->
              noise.contains(place) || Objects.equals(this.answer.get(place), answer.get(place)));
      return others;
    }
  }

  UnaidedReturn(RunRequest request, Lane lane, Calls calls, Redactor redactor, RunClock clock) {
    this.request = request;
    this.lane = lane;
    this.calls = calls;
    this.hooks = new SubjectHooks(lane, calls);
    this.redactor = redactor;
    this.clock = clock;
  }

  /** Learns what is answered in calm, once for each stimulus; before its first storm. */
  void prepare(Experiment experiment) throws InterruptedException {
    Scenario scenario = scenario(experiment);
    if (scenario == null || usual.containsKey(experiment.stimulus())) {
      return;
    }
    Usual learned = new Usual(Map.of(), Set.of());
    if (hooks.steady(List.of(scenario)) == null) {
      Map<String, String> one = ask(scenario);
      Map<String, String> other = ask(scenario);
      if (String.valueOf(one.get(STATUS)).startsWith("2")) {
        learned = new Usual(one, Set.copyOf(new Usual(one, Set.of()).otherwise(other)));
      }
    }
    usual.put(experiment.stimulus(), learned);
  }

  /**
   * Asks until the answer is as before the storm, at most for the recovery time of the subject.
   *
   * @param record what was observed in the storm
   * @return null when it is not known
   */
  @Nullable Unaided after(Experiment experiment, CellRecord record) throws InterruptedException {
    Scenario scenario = scenario(experiment);
    Usual before = usual.get(experiment.stimulus());
    if (scenario == null
        || before == null
        || before.answer().isEmpty()
        || before.noise().contains(STATUS)
        || record.problem() != null
        || record.injections().isEmpty()
        || record.fleet() != null
        || !lane.dead().isEmpty()) {
      return null;
    }
    long limit = lane.subject(scenario.stimulus().provider()).recovery().toMillis();
    long start = clock.nanos();
    List<String> others = before.otherwise(ask(scenario));
    // Once it is known not to come back, the others would wait as long for no more than that.
    boolean patient = record.attempt() > 0 || !stuck.contains(experiment.stimulus());
    while (!others.isEmpty() && patient && clock.millisSince(start) < limit) {
      clock.pause(POLL);
      others = before.otherwise(ask(scenario));
    }
    if (others.isEmpty()) {
      return Unaided.BACK;
    }
    if (!patient) {
      return null;
    }
    others.removeAll(drifting(scenario, before));
    if (others.isEmpty()) {
      return Unaided.BACK;
    }
    stuck.add(experiment.stimulus());
    String waited = limit % 1000 == 0 ? limit / 1000 + " s" : limit + " ms";
    return new Unaided(false, told(others.get(0)) + " still after " + waited);
  }

  /** Places that are another by now even when nothing is wrong; they are noise from here on. */
  private List<String> drifting(Scenario scenario, Usual before) throws InterruptedException {
    if (hooks.steady(List.of(scenario)) != null) {
      return List.copyOf(before.answer().keySet());
    }
    List<String> drifting = before.otherwise(ask(scenario));
    Set<String> noise = new HashSet<>(before.noise());
    noise.addAll(drifting);
    usual.put(scenario.stimulus().id(), new Usual(before.answer(), Set.copyOf(noise)));
    return drifting;
  }

  private static String told(String place) {
    if (place.equals(STATUS)) {
      return "expected the status from before it, was another";
    }
    boolean value = place.startsWith(CellRecord.VALUE);
    return "body"
        + (value ? place.substring(CellRecord.VALUE.length()) : place)
        + ": expected the "
        + (value ? "value" : "type")
        + " from before it, was another";
  }

  /** What to ask; null when asking again would say nothing. */
  private @Nullable Scenario scenario(Experiment experiment) {
    Scenario scenario = request.scenario(experiment.stimulus());
    boolean behind =
        experiment.faults().faults().stream()
            .noneMatch(fault -> fault.edge().startsWith("client->"));
    return behind
            && experiment.load() == null
            && scenario.messages() == null
            && scenario.request().isSafe()
            && lane.client(scenario.stimulus().provider()) != null
        ? scenario
        : null;
  }

  private Map<String, String> ask(Scenario scenario) throws InterruptedException {
    Subject subject = lane.subject(scenario.stimulus().provider());
    InetSocketAddress address = Objects.requireNonNull(lane.client(subject.name()));
    Map<String, String> headers = new TreeMap<>(subject.headers());
    headers.put(CellReplay.EXCHANGE_HEADER, scenario.stimulus().id());
    Duration patience = CellReplay.patience(subject);
    lane.arm(Map.of());
    HttpReply reply;
    try {
      reply = calls.call(address, scenario.request(), patience, headers).reply();
    } finally {
      lane.disarm();
    }
    Map<String, String> answer = new TreeMap<>();
    answer.put(STATUS, reply == null ? "none" : Integer.toString(reply.status()));
    if (reply != null) {
      answer.putAll(ReplyFields.of(reply, null));
      answer.putAll(ReplyValues.of(reply, redactor));
    }
    return redactor.keys(answer);
  }
}
