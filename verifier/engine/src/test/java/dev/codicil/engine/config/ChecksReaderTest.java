package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.experiment.Canary;
import dev.codicil.experiment.ErrorRule;
import dev.codicil.experiment.Invariant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksReaderTest {
  private static final String SUBJECTS =
      """
      version: 1
      subjects:
        shop:
          command: java -jar shop.jar
          probes:
            buy: { request: POST /orders, held: { status: 201 } }
        stock: { command: java -jar stock.jar }
      """;

  private static Project read(String invariants) {
    return ProjectReader.read(
        Path.of("root"),
        (SUBJECTS + "invariants:\n  " + invariants + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Invariant only(String text) {
    List<Invariant> all = read(text).checks().invariants();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void anInvariantIsReadInFull() {
    Invariant invariant =
        only(
            "seats: { of: [buy, POST /orders], read: { used: shop GET /used, sold: stock GET"
                + " /sold }, check: used.body.seats <= sold.body.seats, within: 5s, outcome: lost"
                + " }");

    assertThat(invariant.name()).isEqualTo("seats");
    assertThat(invariant.of()).containsExactly("buy", "POST /orders");
    assertThat(invariant.read()).containsOnlyKeys("used", "sold");
    assertThat(invariant.check().text()).isEqualTo("used.body.seats <= sold.body.seats");
    assertThat(invariant.check().variables()).containsExactly("sold", "used");
    assertThat(invariant.within()).isEqualTo(Duration.ofSeconds(5));
    assertThat(invariant.lost()).isTrue();
    assertThat(invariant.location().line()).isEqualTo(9);
  }

  @Test
  void mostMayBeLeftOut() {
    Invariant invariant = only("quick: { check: reply.status < 500 }");

    assertThat(invariant.of()).isEmpty();
    assertThat(invariant.read()).isEmpty();
    assertThat(invariant.within()).isZero();
    assertThat(invariant.lost()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "bad: { check: used.body.seats <= }                          | used",
        "bad: { check: reply.stats == 1 }                            | undefined field 'stats'",
        "bad: { check: reply.status == 'x' }                         | no matching overload",
        "bad: { check: 1 + 1 }                                       | check cannot be used",
        "bad: { of: sell, check: reply.status < 500 }                | no probe",
        "bad: { read: { used: nobody GET / }, check: used.status > 0 } | no subject",
        "bad: { read: { used: shop POST / }, check: used.status > 0 } | may change what it reads",
        "bad: { read: { reply: shop GET / }, check: reply.status > 0 } | variable already",
        "bad: { read: { used: shop }, check: used.status > 0 }       | bad.read.used",
        "bad: { read: { Used: shop GET / }, check: Used.status > 0 } | bad.read",
        "bad: { check: reply.status < 500, within: 2h }              | longer than 60 s",
        "bad: { check: reply.status < 500, outcome: bad }            | bad.outcome",
        "bad: { chek: reply.status < 500 }                           | unknown key 'chek'",
        "bad: { of: shop }                                           | 'check' is missing",
      })
  void whatCannotBeUsedIsOneErrorAtItsLine(String text, String what) {
    InputException refused = catchThrowableOfType(InputException.class, () -> read(text));

    assertThat(refused).isNotNull();
    assertThat(refused.location().line()).isEqualTo(9);
    assertThat(refused).hasMessageContaining(what);
  }

  private static Project canaries(String text) {
    return ProjectReader.read(
        Path.of("root"),
        (SUBJECTS + "canaries:\n  " + text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aCanaryIsReadInFull() {
    Canary canary =
        canaries(
                "card: { like: digits, header: X-Card, body: /card, of: buy, returns: [POST /cards] }")
            .checks()
            .canaries()
            .get(0);

    assertThat(canary.like()).isEqualTo(Canary.Like.DIGITS);
    assertThat(canary.header()).isEqualTo("X-Card");
    assertThat(canary.body()).isEqualTo("/card");
    assertThat(canary.of()).containsExactly("buy");
    assertThat(canary.returns()).containsExactly("POST /cards");
    assertThat(canary.value(1, "s1", "")).matches("[0-9]{16}").isEqualTo(canary.value(1, "s1", ""));
    assertThat(canary.value(1, "s1", "")).isNotEqualTo(canary.value(1, "s1", "e1"));
    assertThat(canary.value(1, "s1", "")).isNotEqualTo(canary.value(2, "s1", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "card: { like: gold }            | card.like",
        "card: { of: sell }              | no probe",
        "card: { body: card }            | card.body",
        "card: { header: 'a b' }         | card.header",
        "secrets: { header: X-Card }     | stands for the secrets",
        "card: { heder: X-Card }         | unknown key 'heder'",
      })
  void aCanaryThatCannotBeUsedIsOneErrorAtItsLine(String text, String what) {
    InputException refused = catchThrowableOfType(InputException.class, () -> canaries(text));

    assertThat(refused).isNotNull();
    assertThat(refused.location().line()).isEqualTo(9);
    assertThat(refused).hasMessageContaining(what);
  }

  @Test
  void aPlaceholderOfNoCanaryIsRefusedWhereItStands() {
    String text =
        "version: 1\nsubjects:\n  shop:\n    command: java\n    env:\n      KEY: '{canary.kee}'\n"
            + "canaries:\n  key: {}\n";

    InputException refused =
        catchThrowableOfType(
            InputException.class,
            () -> ProjectReader.read(Path.of("root"), text.getBytes(StandardCharsets.UTF_8)));

    assertThat(refused.location().line()).isEqualTo(6);
    assertThat(refused).hasMessageContaining("{canary.kee}").hasMessageContaining("[key]");
  }

  private static Project errors(String text) {
    return ProjectReader.read(
        Path.of("root"), (SUBJECTS + "errors:\n  " + text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatAnErrorMustSayIsReadInFull() {
    ErrorRule rule =
        errors("down: { of: buy, under: [latency, reset], says: urn:down }")
            .checks()
            .errors()
            .get(0);

    assertThat(rule.of()).containsExactly("buy");
    assertThat(rule.under()).containsExactly("latency", "reset");
    assertThat(rule.pointer()).isEqualTo("/type");
    assertThat(rule.values()).containsExactly("urn:down");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "down: { under: lateness, says: urn:down }  | no fault is called",
        "down: { of: sell, says: urn:down }         | no probe",
        "down: { of: buy }                          | 'says' is missing",
        "down: { says: urn:down, pointer: type }    | down.pointer",
      })
  void whatNoErrorCanSayIsOneErrorAtItsLine(String text, String what) {
    InputException refused = catchThrowableOfType(InputException.class, () -> errors(text));

    assertThat(refused).isNotNull();
    assertThat(refused.location().line()).isEqualTo(9);
    assertThat(refused).hasMessageContaining(what);
  }
}
