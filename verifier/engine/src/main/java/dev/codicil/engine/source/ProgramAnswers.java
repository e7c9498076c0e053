package dev.codicil.engine.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import dev.codicil.engine.source.ContractPrograms.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process says about the contracts it runs, as far as it has come: lines of JSON, {@code
 * begin} with a file, then {@code file} with its answer, and {@code end} after the last one.
 * Anything else is the doing of a contract.
 */
final class ProgramAnswers {
  /** Most bytes of one process. */
  private static final int MOST = 64 << 20;

  static final String FOREIGN = "its code writes where only answers may stand";

  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final int most;
  private long taken;
  private @Nullable String current;
  private @Nullable String broken;
  private boolean ended;

  ProgramAnswers() {
    this(MOST);
  }

  /**
   * Answers of a process that may say so much.
   *
   * @param most bytes
   */
  ProgramAnswers(int most) {
    this.most = most;
  }

  /** Takes the next bytes. */
  void take(byte[] bytes, int count) {
    taken += count;
    if (taken > most && broken == null) {
      broken = "its code gives more than " + (most >> 20) + " MB";
    }
    for (int i = 0; i < count && broken == null; i++) {
      if (bytes[i] == '\n') {
        line(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(bytes[i]);
      }
    }
  }

  /** What was answered so far. */
  Map<String, Answer> answers() {
    return answers;
  }

  /** The contract that runs now; null between two of them. */
  @Nullable String current() {
    return current;
  }

  /** Why nothing more is believed; null while all is well. */
  @Nullable String broken() {
    return broken;
  }

  /** Whether all contracts are answered. */
  boolean ended() {
    return ended && broken == null;
  }

  private void line(String text) {
    JsonNode answer;
    try {
      answer = Json.mapper().readTree(text);
    } catch (JsonProcessingException foreign) {
      broken = FOREIGN;
      return;
    }
    String running = current;
    if (running != null && running.equals(answer.path("file").textValue())) {
      answers.put(running, answer(running, answer));
      current = null;
    } else if (running == null && !ended && answer.path("begin").isTextual()) {
      current = answer.path("begin").textValue();
    } else if (running == null && !ended && answer.path("end").asBoolean()) {
      ended = true;
    } else {
      broken = FOREIGN;
    }
  }

  private static Answer answer(String program, JsonNode answer) {
    if (answer.has("none")) {
      return Answer.NONE;
    }
    if (!answer.path("contracts").isTextual()) {
      return Answer.failed(
          new InputException(
              new Location(program, answer.path("line").asInt(), answer.path("column").asInt(), ""),
              answer.path("error").asText("its code gave no answer"),
              answer.path("remedy").asText()));
    }
    List<List<String>> problems = new ArrayList<>();
    for (JsonNode list : answer.path("problems")) {
      List<String> own = new ArrayList<>();
      list.forEach(problem -> own.add(problem.asText()));
      problems.add(own);
    }
    return Answer.of(answer.path("contracts").textValue(), problems);
  }
}
