package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.BoundFault;
import dev.codicil.chaos.Interposer;
import dev.codicil.chaos.MessageFault.Kind;
import dev.codicil.chaos.Parcel;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.ReplyFit;
import dev.codicil.experiment.Listening;
import dev.codicil.experiment.MessageScript;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Subject;
import dev.codicil.history.CellRecord.MessageSketch;
import dev.codicil.history.MessageRecord;
import dev.codicil.history.MessageRecord.DeadLetter;
import dev.codicil.history.MessageRecord.Strike;
import dev.codicil.storm.proxy.CallResult;
import dev.codicil.storm.proxy.CallResult.Ended;
import dev.codicil.storm.run.MessageBroker.Delivered;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Publishes the messages of one cell to a subject, and looks at what it made of them. */
final class MessageReplay {
  private static final Duration READ_DEADLINE = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofMillis(25);
  private static final long REST_LIMIT_MILLIS = 3000;

  /** Words in the names of headers by which libraries say why a message is a dead letter. */
  private static final List<String> REASONS = List.of("exception", "reason", "error", "cause");

  private final RunRequest request;
  private final Lane lane;
  private final Calls calls;
  private final Redactor redactor;
  private final RunClock clock;

  MessageReplay(RunRequest request, Lane lane, Calls calls, Redactor redactor, RunClock clock) {
    this.request = request;
    this.lane = lane;
    this.calls = calls;
    this.redactor = redactor;
    this.clock = clock;
  }

  /**
   * What was seen of the messages of one cell.
   *
   * @param record for the history
   * @param passed what was published, and what the faults did
   * @param result of asking the subject what it made of them
   * @param budget how long it had for reading them
   */
  record Seen(MessageRecord record, Interposer.Passed passed, CallResult result, Duration budget) {}

  /**
   * What an experiment lets pass of a scenario's messages in a column.
   *
   * @param experiment null in calm
   */
  static Interposer.Passed passed(
      RunRequest request,
      Column column,
      Scenario scenario,
      MessageScript script,
      @Nullable Experiment experiment) {
    List<PlannedFault> faults = experiment == null ? List.of() : experiment.faults().faults();
    List<BoundFault> bound =
        faults.stream()
            .map(fault -> new BoundFault(fault, request.faults().apply(fault.fault())))
            .toList();
    Kind changed =
        experiment != null && experiment.reply() == ReplyFit.IN_CONTRACT
            ? Kind.VARIED
            : Kind.ALTERED;
    return new Interposer(request.plan().seed(), scenario.stimulus().id(), bound, changed)
        .pass(script.in(column));
  }

  /** Publishes, waits, and asks. */
  Seen run(Scenario scenario, MessageScript script, @Nullable Experiment experiment)
      throws BrokerFailure, InterruptedException {
    Subject subject = lane.subject(scenario.stimulus().provider());
    Interposer.Passed passed = passed(request, lane.column(), scenario, script, experiment);
    Duration within =
        subject.messaging().listens().stream()
            .map(Listening::within)
            .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    Delivered delivered = lane.messages().deliver(subject, passed.messages(), within);
    if (!delivered.refused().isEmpty()) {
      throw new BrokerFailure("the broker did not take a message: " + delivered.refused().get(0));
    }
    CallResult result = read(scenario, subject);
    HttpReply reply = result.reply();
    List<DeadLetter> letters = new ArrayList<>();
    for (Parcel letter : delivered.deadLetters()) {
      letters.add(
          new DeadLetter(
              letter.topic(),
              letter.key() == null ? null : redactor.text(letter.key()),
              passed.messages().stream()
                  .anyMatch(one -> passed.refusable(one) && isCopy(letter, one)),
              letter.headers().keySet().stream().anyMatch(MessageReplay::says)));
    }
    MessageRecord record =
        new MessageRecord(
            script.in(lane.column()).size(),
            delivered.published(),
            delivered.unread(),
            delivered.drainMillis(),
            letters,
            reply == null ? Map.of() : StateFields.of(reply, redactor),
            passed.strikes().stream()
                .map(
                    strike ->
                        new Strike(
                            strike.key() == null ? null : redactor.text(strike.key()),
                            strike.kind()))
                .toList());
    return new Seen(record, passed, result, within);
  }

  private static boolean isCopy(Parcel letter, Parcel message) {
    return Objects.equals(letter.body(), message.body())
        && (letter.key() == null || Objects.equals(letter.key(), message.key()));
  }

  private static boolean says(String header) {
    String lower = header.toLowerCase(Locale.ROOT);
    return REASONS.stream().anyMatch(lower::contains);
  }

  /** The state once it rests: work may go on for a moment after a message counts as read. */
  private CallResult read(Scenario scenario, Subject subject) throws InterruptedException {
    InetSocketAddress address = Objects.requireNonNull(lane.direct(subject.name()));
    Map<String, String> headers = new LinkedHashMap<>(subject.headers());
    headers.putIfAbsent("accept", "application/json");
    long start = clock.nanos();
    CallResult last = calls.call(address, scenario.request(), READ_DEADLINE, headers);
    while (clock.millisSince(start) < REST_LIMIT_MILLIS && last.ended() == Ended.REPLIED) {
      clock.pause(REST);
      CallResult now = calls.call(address, scenario.request(), READ_DEADLINE, headers);
      if (Objects.equals(body(now), body(last))) {
        return now;
      }
      last = now;
    }
    return last;
  }

  private static @Nullable Payload body(CallResult result) {
    HttpReply reply = result.reply();
    return reply == null ? null : reply.body();
  }

  /** How many messages were published on each edge. */
  static Map<String, Integer> reached(Subject subject, Interposer.Passed passed) {
    Map<String, Integer> reached = new TreeMap<>();
    for (Parcel message : passed.messages()) {
      reached.merge(Listening.edge(message.topic(), subject.name()), 1, Integer::sum);
    }
    return reached;
  }

  /** Fields of the messages on each edge, as {@code CellRecord.seen} has them. */
  static Map<String, List<String>> fields(Subject subject, Interposer.Passed passed) {
    Map<String, Set<String>> seen = new TreeMap<>();
    for (Parcel message : passed.messages()) {
      Payload body = message.body();
      if (body == null) {
        continue;
      }
      String key =
          Exposure.seenKey(
              Listening.edge(message.topic(), subject.name()), dev.codicil.chaos.Stream.DOWNSTREAM);
      Set<String> own = seen.computeIfAbsent(key, edge -> new java.util.TreeSet<>());
      own.add(Exposure.BODY);
      JsonNode json = body.json().orElse(null);
      if (json != null) {
        HttpReply as = new HttpReply(200, Headers.of("content-type", "application/json"), body);
        own.addAll(ReplyFields.of(as, null).keySet());
      }
    }
    Map<String, List<String>> lists = new TreeMap<>();
    seen.forEach((edge, fields) -> lists.put(edge, List.copyOf(fields)));
    return lists;
  }

  /** The messages for people. */
  MessageSketch sketch(Interposer.Passed passed) {
    List<String> lines = new ArrayList<>();
    StringBuilder bodies = new StringBuilder();
    int number = 0;
    for (Parcel message : passed.messages()) {
      number++;
      lines.add(
          redactor.text(
              number
                  + ": "
                  + message.topic()
                  + (message.key() == null ? "" : " " + message.key())));
      Payload body = message.body();
      bodies
          .append(number)
          .append(": ")
          .append(body == null ? "tombstone" : body.utf8())
          .append('\n');
    }
    return new MessageSketch(
        "PUBLISH " + passed.messages().size() + " messages",
        lines,
        redactor.text(bodies.length() > 4000 ? bodies.substring(0, 4000) : bodies.toString()));
  }
}
