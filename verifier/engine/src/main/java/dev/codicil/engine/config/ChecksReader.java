package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Durations;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.SourceDocument;
import dev.codicil.experiment.Canary;
import dev.codicil.experiment.Checks;
import dev.codicil.experiment.ErrorRule;
import dev.codicil.experiment.Invariant;
import dev.codicil.experiment.Invariant.ReadBack;
import dev.codicil.experiment.Subject;
import dev.codicil.expressions.CelFormulas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code codicil.yaml} asks of services beyond their contracts. */
final class ChecksReader {
  private static final String INVARIANTS = "/invariants";
  private static final String CANARIES = "/canaries";
  private static final String ERRORS = "/errors";
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{" + Pattern.quote(Canary.PLACEHOLDER) + "([^}]*)}");
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Set<String> TAKEN =
      Set.of(Invariant.REPLY, Invariant.REQUEST, Invariant.BEFORE);

  private final SourceDocument document;
  private final Map<String, Subject> subjects;

  ChecksReader(SourceDocument document, Map<String, Subject> subjects) {
    this.document = document;
    this.subjects = subjects;
  }

  /**
   * @throws InputException where something cannot be used
   */
  Checks checks() {
    List<Invariant> invariants = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : document.at(INVARIANTS).properties()) {
      invariants.add(
          invariant(
              entry.getKey(), entry.getValue(), SourceDocument.child(INVARIANTS, entry.getKey())));
    }
    List<Canary> canaries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : document.at(CANARIES).properties()) {
      canaries.add(
          canary(entry.getKey(), entry.getValue(), SourceDocument.child(CANARIES, entry.getKey())));
    }
    checkPlaceholders(canaries);
    List<ErrorRule> errors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : document.at(ERRORS).properties()) {
      errors.add(
          error(entry.getKey(), entry.getValue(), SourceDocument.child(ERRORS, entry.getKey())));
    }
    return new Checks(invariants, canaries, errors);
  }

  private ErrorRule error(String name, JsonNode node, String pointer) {
    List<String> under = new ArrayList<>();
    JsonNode faults = node.path("under");
    for (JsonNode one : faults.isTextual() ? List.of(faults) : faults) {
      if (Faults.byId(one.asText()).isEmpty()) {
        throw new InputException(
            document.locate(pointer + "/under"),
            "no fault is called '" + one.asText() + "'",
            "see docs/faults.md");
      }
      under.add(one.asText());
    }
    List<String> values = new ArrayList<>();
    JsonNode says = node.path("says");
    for (JsonNode one : says.isValueNode() ? List.of(says) : says) {
      values.add(one.asText());
    }
    return new ErrorRule(
        name,
        ofs(node.path("of"), pointer + "/of"),
        under,
        node.path("pointer").asText("/type"),
        values,
        document.locate(pointer));
  }

  private Canary canary(String name, JsonNode node, String pointer) {
    boolean secrets = name.equals(Canary.SECRETS);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (secrets && !entry.getKey().equals("returns")) {
        throw new InputException(
            document.locate(SourceDocument.child(pointer, entry.getKey())),
            "'"
                + Canary.SECRETS
                + "' stands for the secrets of the configuration, which are sent"
                + " where it says so",
            "leave '" + entry.getKey() + "' out, or call the canary otherwise");
      }
    }
    return new Canary(
        name,
        Canary.Like.valueOf(node.path("like").asText("token").toUpperCase(Locale.ROOT)),
        node.path("header").asText(null),
        node.path("body").asText(null),
        node.path("state").asText(null),
        ofs(node.path("of"), pointer + "/of"),
        ofs(node.path("returns"), pointer + "/returns"),
        document.locate(pointer));
  }

  /** A placeholder of a canary that nobody declares would be passed on as it is. */
  private void checkPlaceholders(List<Canary> canaries) {
    Set<String> names = new TreeSet<>();
    canaries.stream()
        .map(Canary::name)
        .filter(name -> !name.equals(Canary.SECRETS))
        .forEach(names::add);
    for (Subject subject : subjects.values()) {
      String at = SourceDocument.child("/subjects", subject.name());
      subject
          .env()
          .forEach(
              (key, value) ->
                  checkPlaceholders(value, SourceDocument.child(at + "/env", key), names));
      subject.command().forEach(word -> checkPlaceholders(word, at + "/command", names));
    }
  }

  private void checkPlaceholders(String text, String pointer, Set<String> names) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (!names.contains(matcher.group(1))) {
        throw new InputException(
            document.locate(pointer),
            "'" + matcher.group() + "' is no canary that is declared",
            "canaries are " + names);
      }
    }
  }

  private List<String> ofs(JsonNode node, String pointer) {
    List<String> of = new ArrayList<>();
    for (JsonNode one : node.isTextual() ? List.of(node) : node) {
      of.add(of(one.asText(), node.isTextual() ? pointer : pointer + "/" + of.size()));
    }
    return of;
  }

  private Invariant invariant(String name, JsonNode node, String pointer) {
    Map<String, ReadBack> read = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("read").properties()) {
      String at = SourceDocument.child(pointer + "/read", entry.getKey());
      if (TAKEN.contains(entry.getKey())) {
        throw new InputException(
            document.locate(at),
            "'" + entry.getKey() + "' is a variable already",
            "call what is read otherwise");
      }
      read.put(entry.getKey(), readBack(entry.getValue().asText(), at));
    }
    return new Invariant(
        name,
        ofs(node.path("of"), pointer + "/of"),
        read,
        CelFormulas.compile(
            node.path("check").asText(), read.keySet(), document.locate(pointer + "/check")),
        within(node, pointer + "/within"),
        node.path("outcome").asText().equals("lost"),
        document.locate(pointer));
  }

  private String of(String text, String pointer) {
    boolean known =
        Invariant.isOperation(text)
            || subjects.values().stream()
                .anyMatch(
                    subject ->
                        subject.probes().stream().anyMatch(probe -> probe.name().equals(text))
                            || subject.messaging().sequences().stream()
                                .anyMatch(sequence -> sequence.name().equals(text)));
    if (!known) {
      throw new InputException(
          document.locate(pointer),
          "'" + text + "' is no probe and no sequence of messages",
          "name one, or an operation such as POST /orders; there are " + names());
    }
    return text;
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Subject subject : subjects.values()) {
      subject.probes().forEach(probe -> names.add(probe.name()));
      subject.messaging().sequences().forEach(sequence -> names.add(sequence.name()));
    }
    return names;
  }

  private ReadBack readBack(String text, String pointer) {
    int space = text.indexOf(' ');
    String subject = text.substring(0, space);
    HttpRequest call = ProjectReader.call(text.substring(space + 1).trim());
    if (!subjects.containsKey(subject)) {
      throw new InputException(
          document.locate(pointer),
          "'" + subject + "' is no subject",
          "subjects are " + new TreeSet<>(subjects.keySet()));
    }
    if (!call.isSafe()) {
      throw new InputException(
          document.locate(pointer), call.method() + " may change what it reads", "read with GET");
    }
    return new ReadBack(subject, call);
  }

  private Duration within(JsonNode node, String pointer) {
    if (!node.has("within")) {
      return Duration.ZERO;
    }
    String wrong;
    try {
      Duration within = Durations.parse(node.path("within").asText());
      if (within.compareTo(LONGEST) <= 0) {
        return within;
      }
      wrong = "this is longer than " + LONGEST.toSeconds() + " s, for every cell";
    } catch (IllegalArgumentException tooLong) {
      wrong = String.valueOf(tooLong.getMessage());
    }
    throw new InputException(document.locate(pointer), wrong, "write a shorter one");
  }
}
