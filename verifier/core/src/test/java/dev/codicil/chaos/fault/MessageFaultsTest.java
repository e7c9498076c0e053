package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.MessageFault;
import dev.codicil.chaos.MessageFault.Kind;
import dev.codicil.chaos.MessageFault.Strike;
import dev.codicil.chaos.MessageFault.Wave;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Parcel;
import dev.codicil.contract.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageFaultsTest {
  private static final long SEED = 20_261_122L;

  /** Two messages of one key, and two of another between them. */
  private static final List<Parcel> SEQUENCE =
      List.of(message(0, "a"), message(1, "b"), message(2, "a"), message(3, "b"));

  private static Parcel message(int origin, String key) {
    return new Parcel(
        origin,
        "topic",
        key,
        Map.of("id", "id-" + origin),
        Payload.of("{\"number\":" + origin + "}"),
        Payload.of("{\"old\":" + origin + "}"),
        Duration.ZERO);
  }

  static List<String> ids() {
    return Faults.builtIn().stream()
        .filter(MessageFault.class::isInstance)
        .map(fault -> fault.card().id())
        .toList();
  }

  private static MessageFault fault(String id) {
    return (MessageFault) Faults.byId(id).orElseThrow();
  }

  private static Wave strike(String id, String... parameters) {
    return strike(SEQUENCE, id, parameters);
  }

  private static Wave strike(List<Parcel> sequence, String id, String... parameters) {
    Parameters given = Parameters.NONE;
    for (int i = 0; i < parameters.length; i += 2) {
      given = given.with(parameters[i], parameters[i + 1]);
    }
    return fault(id).disturb(sequence, fault(id).card().complete(given), Dice.of(SEED, "s", 0, id));
  }

  private static List<Integer> origins(Wave wave) {
    return wave.messages().stream().map(Parcel::origin).toList();
  }

  private static Set<Kind> kinds(Wave wave) {
    return wave.strikes().stream().map(Strike::kind).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void thereAreNine() {
    assertThat(ids()).hasSize(9);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theSameSeedGivesTheSameWaveAndAStrikeForWhatItDoes(String id) {
    Wave wave = strike(id);

    assertThat(strike(id)).as("seed %d", SEED).isEqualTo(wave);
    assertThat(wave.messages()).isNotEqualTo(SEQUENCE);
    assertThat(wave.strikes())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.detail()).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void nothingIsDoneToNoMessages(String id) {
    assertThat(strike(List.of(), id)).isEqualTo(Wave.calm(List.of()));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void messagesThatAreNotStruckStayAsTheyAre(String id) {
    Wave wave = strike(id);
    Set<Integer> struck = wave.strikes().stream().map(Strike::origin).collect(Collectors.toSet());
    for (Parcel parcel : SEQUENCE) {
      if (!struck.contains(parcel.origin())) {
        assertThat(wave.messages()).contains(parcel);
      }
    }
  }

  @Test
  void oneIsDropped() {
    Wave wave = strike("drop-message", "message", "2");

    assertThat(origins(wave)).containsExactly(0, 2, 3);
    assertThat(wave.strikes())
        .containsExactly(new Strike(1, "b", Kind.GONE, "message 2 of b: not published"));
  }

  @ParameterizedTest
  @CsvSource({"at-once, '0,0,1,1,2,2,3,3'", "later, '0,1,2,3,0,1,2,3'"})
  void allComeTwice(String again, String expected) {
    Wave wave = strike("duplicate-message", "again", again);

    assertThat(origins(wave)).isEqualTo(numbers(expected));
    assertThat(kinds(wave)).containsExactly(Kind.KEPT);
  }

  @ParameterizedTest
  @CsvSource({"key, '2,3,0,1'", "topic, '1,3,0,2'"})
  void theOrderChangesWithinKeysOrBetweenThem(String within, String expected) {
    Wave wave = strike("reorder-messages", "within", within);

    assertThat(origins(wave)).isEqualTo(numbers(expected));
    assertThat(wave.messages()).containsExactlyInAnyOrderElementsOf(SEQUENCE);
  }

  @Test
  void theOrderOfAKeyIsKeptWhereOnlyKeysChangePlaces() {
    List<Parcel> ofA =
        strike("reorder-messages").messages().stream()
            .filter(one -> "a".equals(one.key()))
            .toList();
    assertThat(ofA).extracting(Parcel::origin).containsExactly(0, 2);
  }

  @Test
  void aDelayedMessageComesAfterASilence() {
    Wave wave = strike("delay-message", "message", "3", "time", "250ms");

    assertThat(wave.messages().get(2).pause()).isEqualTo(Duration.ofMillis(250));
    assertThat(origins(wave)).containsExactly(0, 1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({"bytes, 12", "truncate, 6", "empty, 0"})
  void aDamagedMessageIsNoMessageAnyMore(String how, int size) {
    Wave wave = strike("corrupt-message", "how", how, "message", "1");

    Payload body = wave.messages().get(0).body();
    assertThat(body).isNotNull();
    assertThat(body.size()).isEqualTo(size);
    assertThat(body.json()).isEmpty();
    assertThat(kinds(wave)).containsExactly(Kind.ALTERED);
  }

  @ParameterizedTest
  @CsvSource({"binary", "json", "tombstone"})
  void poisonComesInFrontOfItsVictimAndUnderItsKey(String body) {
    Wave wave = strike("poison-message", "body", body, "message", "2");

    assertThat(origins(wave)).containsExactly(0, Parcel.ADDED, 1, 2, 3);
    assertThat(wave.messages().get(1).key()).isEqualTo("b");
    assertThat(kinds(wave)).containsExactly(Kind.ADDED);
  }

  @Test
  void aWrongKeyIsThatOfAnotherMessageOrNone() {
    assertThat(strike("wrong-key", "message", "1").messages().get(0).key()).isEqualTo("b");
    assertThat(strike("wrong-key", "message", "1", "key", "none").messages().get(0).key()).isNull();
    assertThat(
            strike(List.of(message(0, "a")), "wrong-key", "message", "1").messages().get(0).key())
        .isEqualTo("a-x");
  }

  @Test
  void headersAreGone() {
    Wave wave = strike("drop-message-headers", "message", "1");
    assertThat(wave.messages().get(0).headers()).isEmpty();
  }

  @Test
  void everySecondMessageIsOfTheOldContractOrAllAre() {
    assertThat(strike("old-message").strikes()).hasSize(2);
    assertThat(strike("old-message", "share", "all").messages())
        .extracting(one -> String.valueOf(one.body()))
        .containsExactly("{\"old\":0}", "{\"old\":1}", "{\"old\":2}", "{\"old\":3}");
  }

  @Test
  void aMessageThatIsNotThereCannotBeStruck() {
    for (String id : List.of("drop-message", "poison-message", "corrupt-message", "wrong-key")) {
      assertThat(strike(id, "message", "5")).isEqualTo(Wave.calm(SEQUENCE));
    }
  }

  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    Arrays.stream(text.split(",")).forEach(one -> numbers.add(Integer.valueOf(one)));
    return numbers;
  }
}
