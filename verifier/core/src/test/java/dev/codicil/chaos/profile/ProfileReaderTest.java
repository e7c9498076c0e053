package dev.codicil.chaos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileReaderTest {
  static ChaosProfile read(String yaml) {
    return ProfileReader.read(DocumentReader.read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
  }

  static String refusal(String yaml) {
    try {
      read(yaml);
    } catch (InputException refused) {
      return String.valueOf(refused.getMessage());
    }
    throw new AssertionError("was not refused:\n" + yaml);
  }

  private static String withFault(String entry) {
    return "version: 1\nname: p\nfaults:\n  - " + entry + "\n";
  }

  static List<Fault> faults() {
    return Faults.builtIn();
  }

  @Test
  void readsAProfile() {
    ChaosProfile profile =
        read(
            """
            version: 1
            name: slow-partner
            title: A partner answers late or never
            faults:
              - fault: latency
                on: upstream
                stream: downstream
                parameters: { latency: 400ms, jitter: 50ms }
              - fault: reset
                parameters:
                  after: before-request
              - fault: status
                on: consumer
                parameters: { status: 500, processed: true, retry-after: 2s }
            """);
    assertThat(profile.name()).isEqualTo("slow-partner");
    assertThat(profile.title()).isEqualTo("A partner answers late or never");
    assertThat(profile.location()).hasToString("p.yaml");
    assertThat(profile.entries())
        .extracting(ChaosProfile.Entry::fault)
        .containsExactly("latency", "reset", "status");
    ChaosProfile.Entry latency = profile.entries().get(0);
    assertThat(latency.edges()).isEqualTo(ChaosProfile.Edges.UPSTREAM);
    assertThat(latency.stream()).isEqualTo(Stream.DOWNSTREAM);
    assertThat(latency.parameters())
        .isEqualTo(Parameters.NONE.with("latency", "400ms").with("jitter", "50ms"));
    assertThat(latency.location()).hasToString("p.yaml:5:5");
    ChaosProfile.Entry reset = profile.entries().get(1);
    assertThat(reset.edges()).isEqualTo(ChaosProfile.Edges.ANY);
    assertThat(reset.stream()).as("follows from 'after'").isEqualTo(Stream.UPSTREAM);
    assertThat(profile.entries().get(2).parameters().values())
        .containsEntry("status", "500")
        .containsEntry("processed", "true");
  }

  @Test
  void takesTheNameWhereThereIsNoTitle() {
    assertThat(read(withFault("fault: duplicate")).title()).isEqualTo("p");
  }

  /** What must be said beside a parameter for it to make sense. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "jitter", "latency: 1h, ",
          "distribution", "latency: 1h, ",
          "median", "distribution: log-normal, ",
          "sigma", "distribution: log-normal, median: 1s, ",
          "retry-after", "status: 503, ",
          "inject", "revert: b, ",
          "revert", "inject: a, ",
          "deadline", "inject: a, revert: b, ");

  @ParameterizedTest
  @MethodSource("faults")
  void acceptsWhatTheCardOffersAndRefusesWhatItDoesNot(Fault fault) {
    FaultCard card = fault.card();
    for (FaultCard.Parameter parameter : card.parameters()) {
      String needed = NEEDED.getOrDefault(parameter.name(), "");
      String good =
          parameter.type() == FaultCard.Type.DURATION
              ? "7s"
              : parameter.type() == FaultCard.Type.TEXT && parameter.choices().isEmpty()
                  ? "other"
                  : ParameterText.example(parameter);
      ChaosProfile.Entry entry =
          read(entry(card, needed + parameter.name() + ": " + good)).entries().get(0);
      assertThat(entry.parameters().text(parameter.name())).contains(good);

      assertThat(refusal(entry(card, needed + parameter.name() + ": [1]")))
          .startsWith("p.yaml:4:")
          .contains("'" + parameter.name() + "' is a list; expected ");
    }
    assertThat(refusal(entry(card, "colour: red")))
        .contains("unknown key 'colour' in the parameters of '" + card.id() + "'; expected ");
    for (Stream stream : Stream.values()) {
      if (!card.streams().contains(stream)) {
        assertThat(refusal(withFault("{fault: " + card.id() + ", stream: " + lower(stream) + "}")))
            .contains("the fault '" + card.id() + "' does not strike ");
      }
    }
  }

  private static String entry(FaultCard card, String parameters) {
    String on =
        switch (card.aim()) {
          case WORLD, ZONE, SEQUENCE -> "";
          case NAMED_EDGE, AMENDED_REPLY, FLEET, CALLER_NODE -> "on: upstream, ";
          default -> "on: consumer, ";
        };
    return withFault("{fault: " + card.id() + ", " + on + "parameters: {" + parameters + "}}");
  }

  private static String lower(Stream stream) {
    return stream.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** A bad profile and the one line its author reads. */
  record Bad(String yaml, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  static Bad bad(String entry, String message) {
    return new Bad(withFault(entry), "p.yaml:" + message);
  }

  static List<Bad> badFaults() {
    return List.of(
        bad(
            "fault: latncy",
            "4:5: unknown fault 'latncy'; expected one of "
                + String.join(", ", Faults.ids())
                + " (did you mean"
                + " 'latency'?)"),
        bad(
            "fault: reset_peer",
            "4:5: unknown fault 'reset_peer'; expected one of "
                + String.join(", ", Faults.ids())
                + " (did you mean 'reset'?)"),
        bad("on: any", "4:5: the fault has no 'fault'; expected one"),
        bad("latency", "4:5: the fault is the text 'latency'; expected an object"),
        bad(
            "{fault: latency, parameter: {latency: 1s}}",
            "4:22: unknown key 'parameter' in the fault; expected one of fault, on, stream,"
                + " match, when, toxicity, parameters, load, together, phases (did you mean"
                + " 'parameters'?)"),
        bad(
            "fault: latency",
            "4:5: the fault 'latency' contradicts itself: there is no 'latency'; expected a"
                + " duration with a unit, such as 250ms or 2s"),
        bad(
            "fault: bandwidth",
            "4:5: the fault 'bandwidth' has no parameter 'rate'; expected a whole number from 1 to"
                + " 1000000 (write 'parameters: { rate: 1 }')"),
        bad(
            "{fault: latency, parameters: {latency: 1s, median: 1s}}",
            "4:5: the fault 'latency' contradicts itself: 'median' and 'sigma' belong to"
                + " 'distribution: log-normal'"),
        bad(
            "{fault: latency, parameters: {distribution: log-normal, latency: 1s}}",
            "4:5: the fault 'latency' contradicts itself: 'distribution: log-normal' has 'median'"
                + " and 'sigma'; expected neither 'latency' nor 'jitter'"),
        bad(
            "{fault: latency, parameters: {distribution: log-normal}}",
            "4:5: the fault 'latency' contradicts itself: 'distribution: log-normal' needs"
                + " 'median', a duration above zero"),
        bad(
            "{fault: latency, parameters: {distribution: normal, latency: 1s}}",
            "4:5: the fault 'latency' contradicts itself: 'distribution: normal' needs 'jitter', a"
                + " duration above zero"),
        bad(
            "{fault: latency, parameters: {distribution: fixed, latency: 1s, jitter: 1ms}}",
            "4:5: the fault 'latency' contradicts itself: 'distribution: fixed' has no 'jitter'"),
        bad(
            "{fault: slicer, parameters: {average-size: 5, size-variation: 5}}",
            "4:5: the fault 'slicer' contradicts itself: 'size-variation' leaves no byte of"
                + " 'average-size'; expected less than it"),
        bad(
            "{fault: slow-close, parameters: {delay: 0s}}",
            "4:5: the fault 'slow-close' contradicts itself: a delay of zero closes at once;"
                + " expected a duration above it"),
        bad(
            "{fault: credential, stream: downstream, parameters: {state: missing}}",
            "4:5: the fault 'credential' contradicts itself: 'state: missing' strikes the request"
                + " (stream: upstream)"),
        bad(
            "{fault: latency, parameters: {latency: 400}}",
            "4:35: 'latency' is the number 400; expected a duration with a unit, such as 250ms or"
                + " 2s (add the unit: 400ms)"),
        bad(
            "{fault: latency, parameters: {latency: -4s}}",
            "4:35: 'latency' is the text '-4s'; expected a duration with a unit, such as 250ms or"
                + " 2s"),
        bad(
            "{fault: latency, parameters: {latency: 999999999h}}",
            "4:35: 'latency' is the text '999999999h'; expected a duration with a unit, such as"
                + " 250ms or 2s"),
        bad(
            "{fault: latency, parameters: {latency: 0s}}",
            "4:5: the fault 'latency' contradicts itself: a latency of zero is no fault; expected"
                + " a duration above it"),
        bad(
            "{fault: latency, parameters: {latency: 1s, jitter: 2s}}",
            "4:5: the fault 'latency' contradicts itself: 'jitter' is larger than 'latency',"
                + " which would need time to run backwards"),
        bad(
            "{fault: latency, on: upstrem, parameters: {latency: 1s}}",
            "4:22: 'on' is the text 'upstrem'; expected one of consumer, upstream, any (did you"
                + " mean 'upstream'?)"),
        bad(
            "{fault: duplicate, stream: downstream}",
            "4:24: the fault 'duplicate' does not strike replies (downstream); expected requests"
                + " (upstream) (leave 'stream' out, there is only one)"),
        bad(
            "{fault: reset, stream: upstream, parameters: {after: mid-reply}}",
            "4:5: the fault 'reset' contradicts itself: 'after: mid-reply' strikes the reply"
                + " (stream: downstream)"),
        bad(
            "{fault: reset, stream: downstream, parameters: {after: before-request}}",
            "4:5: the fault 'reset' contradicts itself: 'after: before-request' strikes the"
                + " request (stream: upstream)"),
        bad(
            "{fault: reset, parameters: {after: mid-request}}",
            "4:33: 'after' is the text 'mid-request'; expected one of before-request,"
                + " before-reply, mid-reply"),
        bad(
            "{fault: truncate, parameters: {at: 1.5}}",
            "4:36: 'at' is the number 1.5; expected a fraction from 0 to 1"),
        bad(
            "{fault: truncate, parameters: {at: 50%}}",
            "4:36: 'at' is the text '50%'; expected a fraction from 0 to 1"),
        bad(
            "{fault: truncate, parameters: {at: 1}}",
            "4:5: the fault 'truncate' contradicts itself: 'at: 1' leaves the whole body;"
                + " expected a fraction below 1"),
        bad(
            "{fault: corrupt, parameters: {bytes: 1e300}}",
            "4:35: 'bytes' is the number 1E+300; expected a whole number from 1 to 65536"),
        bad(
            "{fault: corrupt, parameters: {bytes: 1.5}}",
            "4:35: 'bytes' is the number 1.5; expected a whole number from 1 to 65536"),
        bad(
            "{fault: status, parameters: {status: '503'}}",
            "4:34: 'status' is the text '503'; expected a whole number from 200 to 599"),
        bad(
            "{fault: status, parameters: {status: 99}}",
            "4:34: 'status' is the number 99; expected a whole number from 200 to 599"),
        bad(
            "{fault: status, parameters: {processed: maybe}}",
            "4:34: 'processed' is the text 'maybe'; expected true or false"),
        bad(
            "{fault: status, parameters: {retry-after: 1500ms}}",
            "4:5: the fault 'status' contradicts itself: 'retry-after' is sent in seconds;"
                + " expected a whole number of them"),
        bad(
            "{fault: status, parameters: {status: 200, retry-after: 1s}}",
            "4:5: the fault 'status' contradicts itself: 'retry-after' says nothing on a success;"
                + " expected a status from 300 on"),
        bad(
            "{fault: drop-field, parameters: {pointer: validUntil}}",
            "4:38: 'pointer' is the text 'validUntil'; expected a JSON pointer, such as"
                + " /items/*/id, of at most 500 characters"),
        bad(
            "{fault: drop-field, parameters: {pointer: /a~2}}",
            "4:38: 'pointer' is the text '/a~2'; expected a JSON pointer, such as /items/*/id, of"
                + " at most 500 characters"),
        bad(
            "{fault: reorder, on: upstream}",
            "4:5: the fault 'reorder' contradicts itself: 'reorder' needs exchanges that the"
                + " replay names; expected 'on: consumer', since the calls a subject makes of its"
                + " own have no names"),
        bad(
            "{fault: reorder, on: consumer, parameters: {first: x, second: x}}",
            "4:5: the fault 'reorder' contradicts itself: 'first' and 'second' name one exchange;"
                + " expected two"),
        bad(
            "{fault: reorder, parameters: {first: \"x\\r\\nHost: evil\"}}",
            "4:35: 'first' is the text 'x\\u000d\\u000aHost: evil'; expected 1 to 500 printable"
                + " ASCII characters"),
        bad(
            "{fault: duplicate, parameters: {times: 3}}",
            "4:37: unknown key 'times' in the parameters of 'duplicate'; expected none"),
        bad(
            "{fault: duplicate, parameters: 3}",
            "4:24: the parameters of 'duplicate' is the number 3; expected an object"),
        bad(
            "fault: duplicate\n  - fault: duplicate",
            "5:5: the fault 'duplicate' is the same as that of line 4 (keep one of them)"));
  }

  static List<Bad> badFiles() {
    return List.of(
        new Bad(
            "name: p\nfaults: []",
            "p.yaml:1:1: the profile has no 'version'; expected one (start the file with"
                + " 'version: 1')"),
        new Bad(
            "version: 2\nname: p\nfaults: []",
            "p.yaml:1:1: 'version' is the number 2; expected the number 1 (this release of"
                + " Codicil reads version 1 only)"),
        new Bad("version: one", "p.yaml:1:1: 'version' is the text 'one'; expected the number 1"),
        new Bad(
            "version: 1\nname: Slow Partner\nfaults: []",
            "p.yaml:2:1: 'name' is the text 'Slow Partner'; expected lower-case words joined by"
                + " hyphens, such as slow-partner, of at most 64 characters"),
        new Bad(
            "version: 1\nname: 3\nfaults: []",
            "p.yaml:2:1: 'name' is the number 3; expected a text (put it in quotes)"),
        new Bad(
            "version: 1\nname: p\nfault: []",
            "p.yaml:3:1: unknown key 'fault' in the profile; expected one of version, name,"
                + " title, consumers, edges, exchanges, abort, faults (did you mean 'faults'?)"),
        new Bad(
            "version: 1\nname: p",
            "p.yaml:1:1: the profile has no 'faults'; expected one (a profile without a fault is"
                + " calm weather)"),
        new Bad(
            "version: 1\nname: p\nfaults: []",
            "p.yaml:3:1: 'faults' has 0 entries; expected 1 to 1000 (a profile without a fault is"
                + " calm weather)"),
        new Bad(
            "version: 1\nname: p\nfaults: {fault: latency}",
            "p.yaml:3:1: 'faults' is an object; expected a list of faults (start each with '-"
                + " fault: ')"),
        new Bad("- 1", "p.yaml:1:1: the profile is a list; expected an object"),
        new Bad(
            "version: 1\nname: p\n\"\\e[31mred\": 1",
            "p.yaml:3:1: unknown key '\\u001b[31mred' in the profile; expected one of version,"
                + " name, title, consumers, edges, exchanges, abort, faults"));
  }

  @ParameterizedTest
  @MethodSource({"badFaults", "badFiles"})
  void refusesAtTheLineWithWhatWasExpected(Bad bad) {
    assertThat(refusal(bad.yaml())).isEqualTo(bad.message());
  }

  @Test
  void shortensEndlessTextInItsErrors() {
    String endless = "x".repeat(100_000);
    assertThat(refusal(withFault("fault: " + endless))).hasSizeLessThan(1_000); // names all faults
    assertThat(refusal(withFault("{fault: latency, parameters: {latency: " + endless + "}}")))
        .hasSizeLessThan(400);
    assertThat(refusal(withFault("{fault: drop-field, parameters: {pointer: /" + endless + "}}")))
        .hasSizeLessThan(400);
    assertThat(refusal("version: 1\n" + "y".repeat(1_000) + ": 1")).hasSizeLessThan(400);
  }

  @Test
  void acceptsTheLongestPointerItPromises() {
    String pointer = "/a".repeat(250);
    assertThat(
            read(withFault("{fault: drop-field, parameters: {pointer: " + pointer + "}}"))
                .entries())
        .hasSize(1);
  }

  @Test
  void refusesTooManyFaults() {
    StringBuilder yaml = new StringBuilder("version: 1\nname: p\nfaults:\n");
    for (int i = 0; i <= ProfileReader.MAX_FAULTS; i++) {
      yaml.append("  - {fault: latency, parameters: {latency: ").append(i + 1).append("ms}}\n");
    }
    assertThat(refusal(yaml.toString()))
        .isEqualTo("p.yaml:3:1: 'faults' has 1001 entries; expected 1 to 1000 (split the profile)");
  }
}
