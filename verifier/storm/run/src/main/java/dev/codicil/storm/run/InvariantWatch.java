package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Formula;
import dev.codicil.experiment.Invariant;
import dev.codicil.experiment.Invariant.ReadBack;
import dev.codicil.history.CheckRecord.Reading;
import dev.codicil.history.CheckRecord.Result;
import dev.codicil.storm.proxy.CallResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks the invariants of one cell, of what really came and before anything is redacted. What it
 * reads is read past all proxies, after the exchange; a violation counts once what was read has
 * come to rest, or when the invariant's own time is up.
 */
final class InvariantWatch {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(25);
  private static final long RESTED_MILLIS = 300;
  private static final long RESTED_AFTER_REPLY_MILLIS = 100;
  private static final long LIMIT_MILLIS = 3000;

  /** Most bytes of a body that an invariant is asked of. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_VALUES = 20;
  private static final int MOST_CHARACTERS = 200;

  private final Lane lane;
  private final Calls calls;
  private final RunClock clock;
  private final Redactor redactor;
  private final List<Invariant> invariants;
  private final ObjectNode before;
  private final Map<String, String> beforeProblems = new HashMap<>();

  private InvariantWatch(
      Lane lane,
      Calls calls,
      RunClock clock,
      Redactor redactor,
      List<Invariant> invariants,
      ObjectNode before) {
    this.lane = lane;
    this.calls = calls;
    this.clock = clock;
    this.redactor = redactor;
    this.invariants = invariants;
    this.before = before;
  }

  /** Reads what invariants compare with later on. */
  static InvariantWatch before(
      Lane lane, Calls calls, RunClock clock, Redactor redactor, List<Invariant> invariants)
      throws InterruptedException {
    InvariantWatch watch =
        new InvariantWatch(
            lane, calls, clock, redactor, invariants, JsonNodeFactory.instance.objectNode());
    Map<ReadBack, Taken> taken = new HashMap<>();
    for (Invariant invariant : invariants) {
      if (invariant.check().variables().contains(Invariant.BEFORE)) {
        for (Map.Entry<String, ReadBack> read : invariant.read().entrySet()) {
          Taken one = watch.taken(read.getValue(), taken);
          watch.before.withObject("/" + invariant.name()).set(read.getKey(), one.value());
          if (!one.problem().isEmpty()) {
            watch.beforeProblems.put(invariant.name(), "before the exchange, " + one.problem());
          }
        }
      }
    }
    return watch;
  }

  /**
   * A read-back.
   *
   * @param problem why it could not be read; empty when it could
   */
  private record Taken(JsonNode value, String problem) {}

  /**
   * Asks.
   *
   * @param request what was sent; null when it was no request
   * @param reply what came; null when nothing did
   * @param settles whether work may still go on that nobody has waited for
   */
  List<Reading> after(@Nullable HttpRequest request, @Nullable HttpReply reply, boolean settles)
      throws InterruptedException {
    if (invariants.isEmpty()) {
      return List.of();
    }
    JsonNode sent = request == null ? JsonNodeFactory.instance.objectNode() : shown(request);
    Taken came = reply == null ? new Taken(nothing(), "") : shown(reply);
    long rest = reply != null ? RESTED_AFTER_REPLY_MILLIS : RESTED_MILLIS;
    long start = clock.nanos();
    long since = start;
    Map<ReadBack, Taken> taken = readAll();
    Map<String, Reading> settled = new TreeMap<>();
    while (true) {
      boolean rested = clock.millisSince(since) >= rest;
      boolean late = clock.millisSince(start) >= LIMIT_MILLIS;
      for (Invariant invariant : invariants) {
        if (settled.containsKey(invariant.name())) {
          continue;
        }
        Reading reading = ask(invariant, sent, came, taken);
        boolean held = reading.result() == Result.HELD || reading.result() == Result.NOT_ASKED;
        boolean eventual = !invariant.within().isZero();
        boolean timeIsUp = clock.millisSince(start) >= invariant.within().toMillis();
        boolean moves = !invariant.read().isEmpty();
        if (eventual ? held || timeIsUp : held && !(settles && moves) || !moves || rested) {
          settled.put(invariant.name(), reading);
        } else if (!eventual && late) {
          settled.put(
              invariant.name(),
              new Reading(
                  invariant.name(),
                  Result.UNDECIDED,
                  invariant.lost(),
                  false,
                  "what it reads did not come to rest within " + LIMIT_MILLIS + " ms",
                  reading.values(),
                  false));
        }
      }
      if (settled.size() == invariants.size()) {
        return invariants.stream().map(one -> settled.get(one.name())).toList();
      }
      clock.pause(POLL);
      Map<ReadBack, Taken> now = readAll();
      if (!now.equals(taken)) {
        taken = now;
        since = clock.nanos();
      }
    }
  }

  private Reading ask(Invariant invariant, JsonNode sent, Taken came, Map<ReadBack, Taken> taken) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    String problem = beforeProblems.getOrDefault(invariant.name(), "");
    Formula check = invariant.check();
    boolean ofReply = check.variables().contains(Invariant.REPLY);
    for (Map.Entry<String, ReadBack> read : invariant.read().entrySet()) {
      Taken one = taken.getOrDefault(read.getValue(), new Taken(nothing(), "was not read"));
      values.put(read.getKey(), one.value());
      if (problem.isEmpty() && check.variables().contains(read.getKey())) {
        problem = one.problem();
      }
    }
    values.put(Invariant.REPLY, came.value());
    values.put(Invariant.REQUEST, sent);
    values.put(Invariant.BEFORE, before.path(invariant.name()));
    if (problem.isEmpty() && ofReply) {
      problem = came.problem();
    }
    if (!problem.isEmpty()) {
      return reading(invariant, Result.UNDECIDED, problem, Map.of(), false);
    }
    Formula.Answer answer = check.evaluate(values);
    Boolean holds = answer.holds();
    if (holds != null) {
      return reading(
          invariant,
          holds ? Result.HELD : Result.VIOLATED,
          "",
          answer.read(),
          holds && !check.violable(values));
    }
    int status = came.value().path("status").asInt();
    if (ofReply && (status == 0 || status >= 400)) {
      return reading(
          invariant,
          Result.NOT_ASKED,
          status == 0 ? "no reply came" : "the reply is an error, and has not what it reads",
          answer.read(),
          false);
    }
    return reading(
        invariant,
        Result.UNDECIDED,
        answer.problem() + badRead(invariant, taken),
        answer.read(),
        false);
  }

  /** A read-back that was refused has mostly not what is asked for. */
  private static String badRead(Invariant invariant, Map<ReadBack, Taken> taken) {
    for (Map.Entry<String, ReadBack> read : invariant.read().entrySet()) {
      Taken one = taken.get(read.getValue());
      int status = one == null ? 0 : one.value().path("status").asInt();
      if (status >= 300) {
        return " (" + read.getKey() + " was answered with status " + status + ")";
      }
    }
    return "";
  }

  private Reading reading(
      Invariant invariant, Result result, String problem, Map<String, String> read, boolean idle) {
    Map<String, String> values = new TreeMap<>();
    read.forEach(
        (place, value) -> {
          if (values.size() < MOST_VALUES) {
            values.put(redactor.text(place), shortened(redactor.text(value)));
          }
        });
    return new Reading(
        invariant.name(),
        result,
        invariant.lost(),
        false,
        shortened(redactor.text(problem)),
        values,
        idle);
  }

  /** What is cut is told apart by its hash, so that a change behind the cut is seen. */
  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS)
            + "... ("
            + text.length()
            + " characters, "
            + Integer.toHexString(text.hashCode())
            + ")";
  }

  private Map<ReadBack, Taken> readAll() throws InterruptedException {
    Map<ReadBack, Taken> taken = new HashMap<>();
    for (Invariant invariant : invariants) {
      for (ReadBack read : invariant.read().values()) {
        taken(read, taken);
      }
    }
    return taken;
  }

  private Taken taken(ReadBack read, Map<ReadBack, Taken> known) throws InterruptedException {
    Taken one = known.get(read);
    if (one == null) {
      one = read(read);
      known.put(read, one);
    }
    return one;
  }

  /** Of several nodes the first that answers: they are declared to share their data. */
  private Taken read(ReadBack read) throws InterruptedException {
    String call = read.call().method() + " " + read.call().target() + " of " + read.subject();
    if (!lane.subjects().contains(read.subject())) {
      return new Taken(nothing(), call + " could not be read: it does not run here");
    }
    String why = "a stub plays it";
    for (InetSocketAddress address : lane.nodes(read.subject())) {
      Map<String, String> headers = new LinkedHashMap<>(lane.subject(read.subject()).headers());
      headers.putIfAbsent("accept", "application/json");
      CallResult result = calls.call(address, read.call(), DEADLINE, headers);
      HttpReply reply = result.reply();
      if (result.ended() == CallResult.Ended.REPLIED && reply != null) {
        Taken taken = shown(reply);
        return taken.problem().isEmpty()
            ? taken
            : new Taken(taken.value(), call + " could not be read: " + taken.problem());
      }
      why = result.ended() == CallResult.Ended.TIMED_OUT ? "no reply in time" : "no reply";
    }
    return new Taken(nothing(), call + " could not be read: " + why);
  }

  private static ObjectNode nothing() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("status", 0);
    node.putObject("headers");
    node.putNull("body");
    return node;
  }

  private static Taken shown(HttpReply reply) {
    ObjectNode node = nothing();
    node.put("status", reply.status());
    headers(reply.headers(), node);
    if (reply.body().size() > MOST_BYTES) {
      return new Taken(node, "its body has more than " + MOST_BYTES + " bytes");
    }
    node.set("body", body(reply.body()));
    return new Taken(node, "");
  }

  private static JsonNode shown(HttpRequest request) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("method", request.method());
    node.put("path", request.path());
    node.put("query", request.query());
    headers(request.headers(), node);
    node.set("body", request.body().size() > MOST_BYTES ? null : body(request.body()));
    return node;
  }

  private static void headers(Headers headers, ObjectNode into) {
    ObjectNode node = into.putObject("headers");
    headers.asMap().forEach((name, values) -> node.put(name, String.join(", ", values)));
  }

  private static JsonNode body(Payload body) {
    return body.isEmpty()
        ? JsonNodeFactory.instance.nullNode()
        : body.json().orElseGet(() -> JsonNodeFactory.instance.textNode(body.utf8()));
  }

  /** Invariants of scenarios that are replayed together, each once. */
  static List<Invariant> of(RunRequest request, List<dev.codicil.experiment.Scenario> scenarios) {
    List<Invariant> all = new ArrayList<>();
    for (dev.codicil.experiment.Scenario scenario : scenarios) {
      request.checks().invariants(scenario).stream()
          .filter(one -> !all.contains(one))
          .forEach(all::add);
    }
    return all;
  }
}
