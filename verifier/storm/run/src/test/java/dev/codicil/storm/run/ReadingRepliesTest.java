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
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.ReplyFit;
import dev.codicil.experiment.Experiment.RequestFit;
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
  void whichValuesBelongTogetherIsToldWhateverTheirOrder() {
    Redactor redactor = new Redactor(Set.of());
    Map<String, String> one =
        ReplyValues.of(
            reply(200, "[{\"sku\":\"A\",\"at\":\"n\"},{\"sku\":\"B\",\"at\":\"s\"}]"), redactor);
    Map<String, String> turned =
        ReplyValues.of(
            reply(200, "[{\"at\":\"s\",\"sku\":\"B\"},{\"sku\":\"A\",\"at\":\"n\"}]"), redactor);
    Map<String, String> swapped =
        ReplyValues.of(
            reply(200, "[{\"sku\":\"A\",\"at\":\"s\"},{\"sku\":\"B\",\"at\":\"n\"}]"), redactor);

    assertThat(turned).isEqualTo(one);
    assertThat(swapped).isNotEqualTo(one);
    assertThat(swapped.get("=/*/sku")).isEqualTo(one.get("=/*/sku"));
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
  void withoutADeclaredGoodAnswerWhatMatchesNothingIsUndeclared() {
    Probe probe = probe(null, new Answer(202, null), new Answer(503, null));

    assertThat(Answers.classify(probe, reply(200, "{}"))).isEqualTo("undeclared");
    assertThat(Answers.classify(probe, reply(500, ""))).isEqualTo("undeclared");
    assertThat(Answers.classify(probe, reply(202, "{}"))).isEqualTo("degraded");
    assertThat(Answers.classify(probe, reply(503, "{}"))).isEqualTo("refused");
  }

  @ParameterizedTest
  @CsvSource({
    "400, application/json, '{\"title\":\"no\"}', true",
    "404, text/plain, no such thing, true",
    "429, '', '', true",
    "503, application/problem+json, '{}', true",
    "504, text/html, <h1>Whitelabel Error Page</h1>, false",
    "500, application/json, '{\"error\":\"Internal Server Error\"}', false",
    "501, text/plain, no, false",
    "200, application/json, '{}', false",
  })
  void anErrorIsCleanWhenACallerCanWorkWithIt(int status, String type, String body, boolean clean) {
    Headers headers = type.isEmpty() ? Headers.NONE : Headers.of("content-type", type);

    assertThat(Answers.cleanError(new HttpReply(status, headers, Payload.of(body))))
        .isEqualTo(clean);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"a\":1,\"b\":\"x\"}', '{\"b\":\"x\",\"a\":1}', true",
    "'{\"a\":1}', '{\"a\":2}', false",
    "'{\"a\":null}', '{\"a\":\"\"}', false",
    "'[{\"id\":1},{\"id\":2}]', '[{\"id\":2},{\"id\":1}]', true",
    "'[{\"id\":1},{\"id\":1}]', '[{\"id\":1}]', false",
    "'{\"at\":\"2026-01-02T03:04:05Z\"}', '{\"at\":\"2026-01-02T03:04:06.123+01:00\"}', true",
    "'{\"on\":\"2026-01-02\"}', '{\"on\":\"2026-01-03\"}', false",
    "'{\"id\":\"0b6f5c1e-6a6e-4d0a-9a55-0d7a8b8c9e11\"}', '{\"id\":\"11115c1e-6a6e-4d0a-9a55-0d7a8b8c9e11\"}', true",
    "'{\"self\":\"http://127.0.0.1:4000/a\"}', '{\"self\":\"http://127.0.0.1:5000/a\"}', true",
    "'{\"self\":\"http://127.0.0.1:4000/a\"}', '{\"self\":\"http://127.0.0.1:4000/b\"}', false",
    "'{\"key\":\"hunter2hunter2\"}', '{\"key\":\"x hunter2hunter2\"}', true",
    "plain text, plain text, true",
    "plain text, other text, false",
  })
  void valuesAreComparedByDigestAndWhatCannotBeTheSameByItsForm(
      String one, String other, boolean same) {
    Redactor redactor = new Redactor(Set.of("hunter2hunter2"));

    Map<String, String> left = ReplyValues.of(reply(200, one), redactor);
    Map<String, String> right = ReplyValues.of(reply(200, other), redactor);

    assertThat(left.keySet()).allMatch(key -> key.startsWith(CellRecord.VALUE));
    assertThat(left.equals(right)).isEqualTo(same);
    assertThat(left.toString()).doesNotContain("hunter2");
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
  void onlyAColumnWithTheAmendedProviderMeetsWhatItsContractAllowsAnew() {
    FaultSet faults =
        new FaultSet("p", List.of(fault("amended-reply", "shop->authority", "/seats")));
    Experiment experiment =
        new Experiment("e", "s", faults, RequestFit.UNTOUCHED, ReplyFit.NEWLY_ALLOWED);
    Experiment ordinary =
        new Experiment("e", "s", faults, RequestFit.UNTOUCHED, ReplyFit.OUT_OF_CONTRACT);
    Column base = new Column("base", Map.of());
    Column consumer = new Column("mid", Map.of("shop", "head"));

    assertThat(Exposure.neverSaid(experiment, base)).contains("not amended");
    assertThat(Exposure.neverSaid(experiment, consumer)).contains("not amended");
    assertThat(Exposure.neverSaid(experiment, new Column("head", Map.of("authority", "head"))))
        .isNull();
    assertThat(Exposure.neverSaid(ordinary, base)).isNull();
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

  private static Probe probe(
      @Nullable Answer held, @Nullable Answer degraded, @Nullable Answer refused) {
    return new Probe("p", Storm.get("/"), Map.of(), held, degraded, refused, Storm.HERE);
  }

  private static JsonNode json(String text) {
    return Payload.of(text).json().orElseThrow();
  }

  private static HttpReply reply(int status, String body) {
    return new HttpReply(status, Headers.of("content-type", "application/json"), Payload.of(body));
  }
}
