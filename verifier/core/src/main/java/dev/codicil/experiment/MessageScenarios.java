package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.amendment.Amendment;
import dev.codicil.chaos.Parcel;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Payload;
import dev.codicil.contract.ProviderState;
import dev.codicil.contract.Shape;
import dev.codicil.experiment.MessageKinds.Kind;
import dev.codicil.experiment.MessageScript.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is published to the subjects that listen: the declared sequences, and for each topic one
 * that is made from the shapes of its messages. Both in two versions, as the base's contract and as
 * the head's makes them.
 */
final class MessageScenarios {
  /** How many keys a sequence made from shapes has: two show whether keys are told apart. */
  private static final int KEYS = 2;

  /** Kinds of messages of one topic that a sequence is made of; more would only be more. */
  private static final int MOST_KINDS = 12;

  /** Times of made messages ascend from here, a minute from one to the next. */
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration STEP = Duration.ofMinutes(1);

  private final Amendment amendment;
  private final Cast cast;
  private final Topology topology;
  private final ShapeSampler sampler;
  private final MessageFit fit;
  private final List<Scenario> made = new ArrayList<>();
  private final List<Plan.NotReplayed> notReplayed = new ArrayList<>();
  private final List<ContractFormat.Problem> problems = new ArrayList<>();

  MessageScenarios(
      Amendment amendment, List<Subject> subjects, Topology topology, Cast cast, long seed) {
    this.amendment = amendment;
    this.cast = cast;
    this.topology = topology;
    this.sampler = ShapeSampler.of(seed, ShapeSampler.Purpose.REPLY);
    this.fit = new MessageFit(seed);
    subjects.forEach(this::subject);
  }

  List<Scenario> made() {
    return made;
  }

  List<Plan.NotReplayed> notReplayed() {
    return notReplayed;
  }

  List<ContractFormat.Problem> problems() {
    return problems;
  }

  private void subject(Subject subject) {
    if (subject.messaging().listens().isEmpty()) {
      return;
    }
    if (!cast.runs(subject.name())) {
      subject
          .messaging()
          .listens()
          .forEach(
              listening ->
                  skip(
                      subject,
                      listening.topic(),
                      "messages need the real service, which does not run on both sides"));
      return;
    }
    Map<String, List<Kind>> kinds = new LinkedHashMap<>();
    for (Listening listening : subject.messaging().listens()) {
      kinds.put(listening.topic(), MessageKinds.of(amendment, subject, listening.topic()));
    }
    for (MessageSequence sequence : subject.messaging().sequences()) {
      declared(subject, sequence, kinds);
    }
    for (Listening listening : subject.messaging().listens()) {
      generated(subject, listening, kinds.getOrDefault(listening.topic(), List.of()));
    }
  }

  private void declared(Subject subject, MessageSequence sequence, Map<String, List<Kind>> kinds) {
    List<Line> lines = new ArrayList<>();
    for (MessageSequence.Message message : sequence.messages()) {
      int number = lines.size();
      JsonNode body = message.body();
      Parcel before =
          new Parcel(
              number,
              message.topic(),
              message.key(),
              message.headers(),
              body == null ? null : Payload.of(body));
      List<Kind> known = kinds.getOrDefault(message.topic(), List.of());
      Kind kind = body == null ? null : MessageKinds.kindOf(known, body).orElse(null);
      if (kind == null) {
        if (body != null && !known.isEmpty()) {
          problems.add(
              new ContractFormat.Problem(
                  message.location(),
                  "this message is none that a contract of the base allows on "
                      + message.topic()
                      + "; it is published as it is, on both sides"));
        }
        lines.add(new Line("", before, before));
        continue;
      }
      MessageInteraction after = kind.after();
      lines.add(
          new Line(
              kind.producer(),
              before,
              after == null || body == null
                  ? null
                  : before.withBody(Payload.of(amended(kind, after, body, number)))));
    }
    if (!lines.isEmpty()) {
      add(subject, sequence.name(), sequence.given(), lines, false, sequence.location());
    }
  }

  private JsonNode amended(Kind kind, MessageInteraction after, JsonNode body, int number) {
    MessageInteraction before = kind.before();
    Shape old = before == null ? null : MessageKinds.body(before).orElse(null);
    Shape now = MessageKinds.body(after).orElse(null);
    return old == null || now == null ? body : fit.fitted(body, old, now, "message " + number);
  }

  private void generated(Subject subject, Listening listening, List<Kind> kinds) {
    List<Kind> usable = new ArrayList<>();
    for (Kind kind : kinds) {
      if (MessageKinds.body(kind.known()).isEmpty()) {
        skip(subject, kind.name(), "its body is not JSON, and nothing else is made yet");
      } else if (usable.size() == MOST_KINDS) {
        skip(subject, kind.name(), "more than " + MOST_KINDS + " kinds of messages on one topic");
      } else {
        usable.add(kind);
      }
    }
    if (usable.isEmpty()) {
      if (kinds.isEmpty()) {
        skip(subject, listening.topic(), "no contract describes messages on this topic");
      }
      return;
    }
    List<Line> lines = new ArrayList<>();
    for (Kind kind : usable) {
      for (int i = 0; i < KEYS; i++) {
        Line line = line(listening.topic(), kind, "key " + i, lines.size());
        if (line == null) {
          skip(subject, kind.name(), "no message of its shape can be made");
          break;
        }
        lines.add(line);
      }
    }
    if (!lines.isEmpty()) {
      add(
          subject,
          "made messages on " + listening.topic(),
          Map.of(),
          lines,
          true,
          usable.get(0).known().location());
    }
  }

  private @Nullable Line line(String topic, Kind kind, String key, int number) {
    MessageInteraction known = kind.known();
    JsonNode body = body(known, key, number);
    if (body == null) {
      return null;
    }
    Parcel parcel =
        new Parcel(number, topic, key(known, key), headers(known, number), Payload.of(body));
    MessageInteraction after = kind.after();
    if (kind.before() == null) {
      return new Line(kind.producer(), null, parcel);
    }
    return new Line(
        kind.producer(),
        parcel,
        after == null ? null : parcel.withBody(Payload.of(amended(kind, after, body, number))));
  }

  private @Nullable JsonNode body(MessageInteraction message, String key, int number) {
    JsonNode drawn =
        MessageKinds.body(message)
            .flatMap(shape -> sampler.sample(shape, "message " + number).found())
            .orElse(null);
    if (!(drawn instanceof ObjectNode object)) {
      return drawn;
    }
    String own = key(message, key);
    if (own != null) {
      MessageKinds.keyFields(message).forEach(field -> object.put(field, own));
    }
    MessageKinds.body(message)
        .ifPresent(
            shape ->
                shape
                    .node()
                    .properties()
                    .forEach(
                        (name, property) -> {
                          if ("date-time".equals(property.shape().node().format())
                              && object.path(name).isTextual()) {
                            object.put(name, FIRST.plus(STEP.multipliedBy(number)).toString());
                          }
                        }));
    return object;
  }

  private @Nullable String key(MessageInteraction message, String key) {
    return MessageKinds.key(message)
        .flatMap(shape -> sampler.sample(shape, key).found())
        .map(JsonNode::asText)
        .orElse(null);
  }

  private Map<String, String> headers(MessageInteraction message, int number) {
    Map<String, String> headers = new TreeMap<>();
    for (Parameter header : MessageKinds.headers(message)) {
      sampler
          .sample(header.shape(), "header " + header.name() + " " + number)
          .found()
          .ifPresent(value -> headers.put(header.name(), value.asText()));
    }
    return headers;
  }

  private void add(
      Subject subject,
      String name,
      Map<String, List<String>> given,
      List<Line> lines,
      boolean generated,
      dev.codicil.contract.Location location) {
    MessageScript script = new MessageScript(lines);
    String topics = String.join(", ", script.topics());
    Listening read =
        script.topics().stream()
            .flatMap(topic -> subject.messaging().listening(topic).stream())
            .findFirst()
            .orElse(subject.messaging().listens().get(0));
    Map<String, List<ProviderState>> states = new LinkedHashMap<>();
    given.forEach(
        (who, names) ->
            states.put(who, names.stream().map(one -> new ProviderState(one, Map.of())).toList()));
    boolean touched =
        script.amended()
            || topology.reachable(subject.name()).stream().anyMatch(cast.amended()::contains);
    Stimulus stimulus =
        new Stimulus(
            Fingerprints.of(Stimulus.Kind.MESSAGES.name(), subject.name(), name),
            Stimulus.Kind.MESSAGES,
            subject.name(),
            subject.name(),
            name,
            "RECEIVE " + topics,
            lines.stream().anyMatch(line -> line.before() != null),
            touched,
            true,
            generated,
            false,
            location,
            Fingerprints.of(lines.toString(), states.toString()));
    made.add(new Scenario(stimulus, read.read(), states, null, null, null, List.of(), 0, script));
  }

  private void skip(Subject subject, String what, String reason) {
    notReplayed.add(new Plan.NotReplayed(subject.name(), subject.name(), what, reason));
  }
}
