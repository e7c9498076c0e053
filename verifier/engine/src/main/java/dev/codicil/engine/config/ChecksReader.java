package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Durations;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.SourceDocument;
import dev.codicil.experiment.Checks;
import dev.codicil.experiment.Invariant;
import dev.codicil.experiment.Invariant.ReadBack;
import dev.codicil.experiment.Subject;
import dev.codicil.expressions.CelFormulas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what {@code codicil.yaml} asks of services beyond their contracts. */
final class ChecksReader {
  private static final String INVARIANTS = "/invariants";
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
              entry.getKey(),
              entry.getValue(),
              SourceDocument.child(INVARIANTS, entry.getKey())));
    }
    return new Checks(invariants);
  }

  private Invariant invariant(String name, JsonNode node, String pointer) {
    List<String> of = new ArrayList<>();
    JsonNode asked = node.path("of");
    for (JsonNode one : asked.isTextual() ? List.of(asked) : asked) {
      of.add(of(one.asText(), asked.isTextual() ? pointer + "/of" : pointer + "/of/" + of.size()));
    }
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
        of,
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
          document.locate(pointer),
          call.method() + " may change what it reads",
          "read with GET");
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
