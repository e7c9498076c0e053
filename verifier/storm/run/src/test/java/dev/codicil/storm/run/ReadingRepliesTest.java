package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Probe;
import dev.codicil.experiment.Probe.Answer;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import dev.codicil.history.CellRecord.MessageSketch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingRepliesTest {

  @Test
  void fieldsOfAProbeAreAllFieldsWithItemsJoined() {
    assertThat(
            ReplyFields.of(
                reply(200, "{\"a\":1,\"b\":[{\"c\":null},{\"c\":\"x\"}],\"d/e\":1.5}"), null))
        .containsExactly(
            Map.entry("/a", "integer"),
            Map.entry("/b", "array"),
            Map.entry("/b/*", "object"),
            Map.entry("/b/*/c", "null|string"),
            Map.entry("/d~1e", "number"));
  }

  @Test
  void fieldsOfAnInteractionAreThePromisedOnes() {
    assertThat(
            ReplyFields.of(
                reply(200, "{\"id\":1,\"name\":{\"deep\":1},\"extra\":2}"),
                Storm.interaction("get", "GET", "/x", null)))
        .containsExactly(Map.entry("/id", "integer"), Map.entry("/name", "object"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"trace\":\"x.Y: no\\n\\tat com.shop.Cart.add(Cart.java:42)\\n\"}",
        "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>",
        "Error: no\n    at Object.<anonymous> (/srv/app/index.js:3:9)",
        "panic\n\ngoroutine 1 [running]:",
        "  at Shop.Cart.Add() in C:\\shop\\Cart.cs:line 3",
        "password is hunter2hunter2"
      })
  void leaksInErrorBodiesAreNamedAndNotQuoted(String body) {
    Redactor redactor = new Redactor(Set.of("hunter2hunter2"));

    assertThat(Leaks.in(reply(500, body), redactor)).isNotNull().doesNotContain("hunter");
    assertThat(Leaks.in(reply(200, body), redactor)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"title\":\"meet at noon (in the hall)\"}", "look at http://a.b/c"})
  void ordinaryErrorBodiesLeakNothing(String body) {
    assertThat(Leaks.in(reply(500, body), new Redactor(Set.of()))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "201, '{\"x\":1}', held",
    "202, '{\"grace\":true,\"y\":1}', degraded",
    "202, '{}', none",
    "201, '{\"grace\":true}', degraded-too",
    "503, '', refused",
    "500, '', none"
  })
  void probesGetTheMostSpecificAnswer(int status, String body, String expected) {
    boolean sameStatus = expected.equals("degraded-too");
    Probe probe =
        probe(
            new Answer(201, null),
            new Answer(sameStatus ? 201 : 202, json("{\"grace\":true}")),
            new Answer(503, null));

    assertThat(Answers.classify(probe, reply(status, body)))
        .isEqualTo(sameStatus ? "degraded" : expected);
  }

  @Test
  void aHeldStatusWithAnotherBodyIsWrong() {
    Probe probe = probe(new Answer(200, json("{\"total\":3}")), null, null);

    assertThat(Answers.classify(probe, reply(200, "{\"total\":3.0}"))).isEqualTo("held");
    assertThat(Answers.classify(probe, reply(200, "{\"total\":4}"))).isEqualTo("wrong");
  }

  @Test
  void faultsReachOnlyWhatCalmHasReached() {
    CellRecord calm =
        calm(Map.of("a->b", 1), Map.of("a->b downstream", List.of(Exposure.BODY, "/items/*/id")));
    CellRecord bare = calm(Map.of("a->b", 1), Map.of());

    assertThat(missing(bare, "corrupt", "a->b", "")).contains("saw no body");
    assertThat(missing(calm, "corrupt", "a->b", "")).isNull();
    assertThat(missing(calm, "latency", "a->b", "")).isNull();
    assertThat(missing(calm, "latency", "a->c", "")).contains("never reached a->c");
    assertThat(missing(calm, "drop-field", "a->b", "/items/0/id")).isNull();
    assertThat(missing(calm, "drop-field", "a->b", "/items/*/id")).isNull();
    assertThat(missing(calm, "drop-field", "a->b", "/items/*/name")).contains("never saw");
  }

  @Test
  void oneFaultThatReachesIsEnoughForASet() {
    CellRecord calm = calm(Map.of("a->b", 1), Map.of());
    FaultSet both =
        new FaultSet("p", List.of(fault("latency", "a->c", ""), fault("latency", "a->b", "")));

    assertThat(Exposure.missing(both, calm, id -> Faults.byId(id).orElseThrow())).isNull();
  }

  private static @Nullable String missing(
      CellRecord calm, String fault, String edge, String pointer) {
    return Exposure.missing(
        new FaultSet("p", List.of(fault(fault, edge, pointer))),
        calm,
        id -> Faults.byId(id).orElseThrow());
  }

  private static PlannedFault fault(String id, String edge, String pointer) {
    return new PlannedFault(
        id,
        edge,
        Stream.DOWNSTREAM,
        pointer.isEmpty() ? Parameters.NONE : new Parameters(Map.of("pointer", pointer)));
  }

  private static CellRecord calm(Map<String, Integer> reached, Map<String, List<String>> seen) {
    return new CellRecord(
        new Cell("base", "s", ""),
        0,
        CellRecord.Ended.REPLIED,
        200,
        1,
        1000,
        List.of(),
        false,
        null,
        null,
        List.of(),
        Map.of(),
        reached,
        seen,
        List.of(),
        new MessageSketch("GET /", List.of(), ""),
        null,
        0,
        null);
  }

  private static Probe probe(Answer held, @Nullable Answer degraded, @Nullable Answer refused) {
    return new Probe("p", Storm.get("/"), Map.of(), held, degraded, refused, Storm.HERE);
  }

  private static JsonNode json(String text) {
    return Payload.of(text).json().orElseThrow();
  }

  private static HttpReply reply(int status, String body) {
    return new HttpReply(status, Headers.of("content-type", "application/json"), Payload.of(body));
  }
}
