package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import dev.codicil.contract.ProviderState;
import dev.codicil.contract.SourceDocument;
import dev.codicil.experiment.Canary;
import dev.codicil.experiment.Scenario;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CheckRecord.Surfaced;
import dev.codicil.history.Event;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plants secrets in the cells of one lane and finds them where they come to light. Cells are armed
 * by one thread at a time; logs are read by others.
 */
final class CanaryWatch {
  /** Cells whose secrets are still looked for: what one caller sent must not reach the next. */
  private static final int REMEMBERED = 20;

  /** A secret that is shorter, or no mixture, may well be a word: it counts only as a whole. */
  private static final int RANDOM_LENGTH = 16;

  private static final int MOST_PLACES = 10;

  private final RunRequest request;
  private final String column;
  private final Consumer<Event> journal;
  private final Map<String, Canary> canaries = new LinkedHashMap<>();
  private final Deque<Map<String, String>> earlier = new ArrayDeque<>();
  private final Deque<String> cells = new ArrayDeque<>();
  private final Set<String> calm = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private volatile CanaryScan scan;

  private CanaryWatch(RunRequest request, String column, Consumer<Event> journal) {
    this.request = request;
    this.column = column;
    this.journal = journal;
    request.checks().canaries().forEach(canary -> canaries.put(canary.name(), canary));
    this.scan = lasting();
  }

  /** The watch over a lane; null when nothing is planted. */
  static @Nullable CanaryWatch of(RunRequest request, String column, Consumer<Event> journal) {
    return request.checks().canaries().isEmpty() ? null : new CanaryWatch(request, column, journal);
  }

  /** What processes are started with, by the name of the placeholder. */
  Map<String, String> placeholders() {
    Map<String, String> values = new TreeMap<>();
    for (Canary canary : canaries.values()) {
      values.put(Canary.PLACEHOLDER + canary.name(), canary.value(request.plan().seed(), "", ""));
    }
    return values;
  }

  private CanaryScan lasting() {
    CanaryScan lasting = new CanaryScan();
    for (Canary canary : canaries.values()) {
      if (!canary.name().equals(Canary.SECRETS)) {
        lasting.add(canary.name(), "", canary.value(request.plan().seed(), "", ""), true);
      }
    }
    for (String secret : request.secrets()) {
      lasting.add(Canary.SECRETS, "", secret, looksRandom(secret));
    }
    return lasting;
  }

  private static boolean looksRandom(String secret) {
    return secret.length() >= RANDOM_LENGTH
        && secret.chars().anyMatch(Character::isDigit)
        && secret.chars().anyMatch(Character::isLetter)
        && secret.chars().noneMatch(Character::isWhitespace);
  }

  /** The scenarios of a cell with their secrets, which are looked for from now on. */
  List<Scenario> plant(Cell cell, List<Scenario> scenarios) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Scenario> planted = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Scenario changed = scenario;
      for (Canary canary : canaries.values()) {
        if (canary.sentWith(scenario)) {
          String value = canary.value(request.plan().seed(), cell.stimulus(), cell.experiment());
          values.put(canary.name(), value);
          changed = planted(canary, value, changed);
        }
      }
      planted.add(changed);
    }
    String label = cell.label();
    if (cell.calm()) {
      calm.add(label);
    }
    if (!values.isEmpty() && !cells.contains(label)) {
      earlier.addLast(values);
      cells.addLast(label);
      while (cells.size() > REMEMBERED) {
        earlier.removeFirst();
        cells.removeFirst();
      }
      CanaryScan next = lasting();
      var names = cells.iterator();
      for (Map<String, String> one : earlier) {
        String of = names.next();
        one.forEach((name, value) -> next.add(name, of, value, true));
      }
      scan = next;
    }
    return planted;
  }

  private static Scenario planted(Canary canary, String value, Scenario scenario) {
    HttpRequest sent = scenario.request();
    String header = canary.header();
    String pointer = canary.body();
    String state = canary.state();
    if (header != null) {
      sent =
          new HttpRequest(
              sent.method(), sent.target(), sent.headers().with(header, value), sent.body());
    }
    if (pointer != null) {
      JsonNode body = sent.body().json().orElse(null);
      JsonNode changed = body == null ? null : JsonPlaces.with(body, pointer, value);
      if (changed != null) {
        sent = new HttpRequest(sent.method(), sent.target(), sent.headers(), Payload.of(changed));
      }
    }
    Map<String, List<ProviderState>> given = scenario.given();
    if (state != null) {
      Map<String, List<ProviderState>> told = new LinkedHashMap<>();
      given.forEach(
          (subject, states) ->
              told.put(subject, states.stream().map(one -> with(one, state, value)).toList()));
      given = told;
    }
    return new Scenario(
        scenario.stimulus(),
        sent,
        given,
        scenario.interaction(),
        scenario.expectation(),
        scenario.probe(),
        scenario.effects(),
        scenario.declaredStatus(),
        scenario.messages());
  }

  private static ProviderState with(ProviderState state, String parameter, String value) {
    Map<String, JsonNode> parameters = new TreeMap<>(state.parameters());
    parameters.put(parameter, com.fasterxml.jackson.databind.node.TextNode.valueOf(value));
    return new ProviderState(state.name(), parameters);
  }

  /** The text without secrets in any form. */
  String without(String text) {
    return scan.without(text);
  }

  /** Where a reply gives away what it may not. */
  List<Surfaced> in(Scenario scenario, HttpReply reply) {
    List<Surfaced> found = new ArrayList<>();
    reply
        .headers()
        .asMap()
        .forEach(
            (name, values) ->
                values.forEach(
                    value ->
                        add(
                            found,
                            scenario,
                            value.getBytes(StandardCharsets.UTF_8),
                            hit -> "the header " + without(name) + " of the reply")));
    byte[] body = reply.body().bytes();
    add(found, scenario, body, hit -> "the body of the reply, " + place(reply, hit));
    return found;
  }

  private void add(
      List<Surfaced> found,
      Scenario scenario,
      byte[] bytes,
      java.util.function.Function<CanaryScan.Hit, String> place) {
    for (CanaryScan.Hit hit : scan.in(bytes)) {
      Canary canary = canaries.get(hit.owner());
      boolean right = canary != null && canary.returnedBy(scenario);
      if (!right && found.size() < MOST_PLACES) {
        Surfaced one = new Surfaced(shown(hit.owner()), hit.form(), place.apply(hit));
        if (!found.contains(one)) {
          found.add(one);
        }
      }
    }
  }

  private static String shown(String owner) {
    return owner.equals(Canary.SECRETS) ? "a secret of the configuration" : "the canary " + owner;
  }

  /** A JSON pointer where there is one, else the number of the byte. */
  private String place(HttpReply reply, CanaryScan.Hit hit) {
    JsonNode body = reply.body().json().orElse(null);
    String pointer = body == null ? null : pointer(body, "", hit);
    return pointer == null ? "byte " + hit.from() : "at " + without(pointer);
  }

  private @Nullable String pointer(JsonNode node, String at, CanaryScan.Hit hit) {
    if (node.isValueNode()) {
      boolean here =
          scan.in(node.asText().getBytes(StandardCharsets.UTF_8)).stream()
              .anyMatch(one -> one.owner().equals(hit.owner()) && one.form().equals(hit.form()));
      return here ? (at.isEmpty() ? "the root" : at) : null;
    }
    int index = 0;
    for (JsonNode child : node.isArray() ? node : List.<JsonNode>of()) {
      String found = pointer(child, SourceDocument.child(at, index++), hit);
      if (found != null) {
        return found;
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String found = pointer(field.getValue(), SourceDocument.child(at, field.getKey()), hit);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** What a subject prints, looked at as it passes. */
  InputStream tapped(InputStream output, String subject) {
    return new Tap(output, subject);
  }

  private final class Tap extends FilterInputStream {
    private final CanaryScan.Passing passing = new CanaryScan.Passing();
    private final String subject;
    private long line = 1;

    Tap(InputStream output, String subject) {
      super(output);
      this.subject = subject;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        pass((byte) one);
      }
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      for (int i = 0; i < read; i++) {
        pass(bytes[offset + i]);
      }
      return read;
    }

    private void pass(byte one) {
      CanaryScan.Hit hit = passing.next(scan, one);
      if (one == '\n') {
        line++;
      }
      if (hit != null && told.add(subject + " " + hit.owner() + " " + hit.form() + hit.cell())) {
        journal.accept(
            new Event.Surfaced(
                column,
                subject,
                hit.cell(),
                calm.contains(hit.cell()),
                new Surfaced(
                    shown(hit.owner()), hit.form(), "line " + line + " of the log of " + subject)));
      }
    }
  }
}
