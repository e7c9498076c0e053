package dev.codicil.formats.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.amendment.Differ;
import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.InputException;
import dev.codicil.contract.MessageInteraction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileDocumentTest {
  private static final String SEND =
      "operations: {o: {action: send, channel: {$ref: '#/channels/a'}}}\n";

  private static Reading read(String text) {
    return MemorySource.of("api/a.yaml", text).reading("api/a.yaml");
  }

  private static List<String> problems(String text) {
    return read(text).problems().stream().map(Problem::message).toList();
  }

  private static String payload(String schema) {
    return "asyncapi: 3.0.0\nchannels: {a: {address: a, messages: {m: {payload: "
        + schema
        + "}}}}\n"
        + SEND;
  }

  private static String message(String message) {
    return "asyncapi: 3.0.0\nchannels: {a: {address: a, messages: {m: " + message + "}}}\n" + SEND;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://evil.example/x.yaml    | nothing is fetched
          file:///etc/passwd             | nothing is fetched
          ../../x.yaml                   | outside of the contracts' root
          missing.yaml                   | there is no such file
          '#/components/messages/Absent' | leads nowhere
          '#/channels/a/messages/m'      | leads back to itself
          """)
  void messagesAndPayloadsThatCannotBeFoundAreTold(String ref, String reason) {
    assertThat(problems(message("{$ref: '" + ref + "'}")))
        .singleElement()
        .asString()
        .contains(reason);
    Reading reading = read(payload("{properties: {a: {$ref: '" + ref + "'}}}"));
    assertThat(reading.contract().interactions()).hasSize(1);
    if (!ref.contains("messages/m")) {
      assertThat(reading.problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.message()).contains(reason))
          .satisfies(problem -> assertThat(problem.location().line()).isEqualTo(2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asyncapi: 3.0.0\nchannels: {a: {$ref: '#/channels/a'}}\n" + SEND,
        "asyncapi: 2.6.0\nchannels: {a: {$ref: '#/channels/b'}, b: {$ref: '#/channels/a'}}\n",
        "asyncapi: 3.0.0\nchannels: {a: {address: a, messages: {m: {traits: [{$ref:"
            + " '#/components/messageTraits/t'}]}}}}\ncomponents: {messageTraits: {t: {$ref:"
            + " '#/components/messageTraits/t'}}}\n"
            + SEND,
        "asyncapi: 3.0.0\nchannels: {a: {address: a, messages: {m: {headers: {$ref:"
            + " '#/channels/a/messages/m/headers'}}}}}\n"
            + SEND
      })
  void circlesOfReferencesAreToldAndEnd(String text) {
    assertThat(problems(text))
        .isNotEmpty()
        .allSatisfy(told -> assertThat(told).contains("leads back to itself"));
  }

  @Test
  void schemasMadeOfThemselvesAreReadAndCompared() {
    Reading reading =
        read(
            payload(
                "{type: object, properties: {next: {$ref: '#/channels/a/messages/m/payload'}}}"));

    assertThat(reading.problems()).isEmpty();
    assertThat(Differ.diff(List.of(reading.contract()), List.of(reading.contract()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asyncapi: 2.6.0                              | no 'channels'
          asyncapi: 3.0.0                              | no 'operations'
          asyncapi: 1.2.0                              | AsyncAPI '1.2.0' is not yet read
          asyncapi: 2.7.0                              | AsyncAPI '2.7.0' is not yet read
          asyncapi: 4.0.0                              | AsyncAPI '4.0.0' is not yet read
          asyncapi: 3.00000000000000000000             | is not yet read
          asyncapi: [3]                                | AsyncAPI '' is not yet read
          asyncapi: 2.6.0\\nchannels: []              | to be an object
          asyncapi: 3.0.0\\noperations: 7             | to be an object
          asyncapi: 3.0.0\\nasyncapi: 3.0.0 | twice
          asyncapi: 3.0.0\\nchannels: {a: *b}         | refers to itself or to nothing
          """)
  void whatCannotBeReadAtAllIsOneLocatedError(String text, String reason) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("api/a.yaml:")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                | an 'action'
          {action: shout, channel: {$ref: '#/channels/a'}}                  | an 'action'
          {action: send}                                                    | a 'channel'
          {action: send, channel: {$ref: '#/channels/gone'}}                | leads nowhere
          {action: send, channel: {$ref: '#/channels/a'}, messages: []}     | no messages are listed
          {action: send, channel: {$ref: '#/channels/a'}, messages: [{$ref: '#/x'}]} | leads nowhere
          """)
  void operationsThatSayTooLittleAreTold(String operation, String reason) {
    assertThat(
            problems(
                "asyncapi: 3.0.0\nchannels: {a: {address: a, messages: {}}}\noperations: {o: "
                    + operation
                    + "}\n"))
        .singleElement()
        .asString()
        .contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "5",
        "[]",
        "text",
        "{subscribe: 5}",
        "{publish: {}}",
        "{publish: {message: {oneOf: []}}}",
        "{publish: {message: 5}}",
        "{publish: {message: {oneOf: [{oneOf: [{}]}]}}}",
        "{servers: [x]}",
        "{parameters: {p: {schema: {}}}}"
      })
  void malformedChannelsAreTold(String channel) {
    assertThat(problems("asyncapi: 2.6.0\nchannels: {a: " + channel + "}\n")).hasSize(1);
  }

  @Test
  void messagesThatNobodySendsOrReceivesAreTold() {
    StringBuilder messages = new StringBuilder("m0: {}");
    for (int i = 1; i < 9; i++) {
      messages.append(", m").append(i).append(": {}");
    }

    assertThat(problems("asyncapi: 3.0.0\nchannels: {a: {messages: {" + messages + "}}}\n"))
        .containsExactly(
            "no operation sends or receives 'm0', 'm1', 'm2', 'm3', 'm4' and 4 more of the channel"
                + " 'a': not read");
  }

  @Test
  void tenThousandLevelsAreRefused() {
    assertThatThrownBy(() -> read(payload("{items: ".repeat(10_000) + "{}" + "}".repeat(10_000))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("api/a.yaml");
  }

  @Test
  void longChainsOfReferencesDoNotExhaustTheStack() {
    StringBuilder text = new StringBuilder(payload("{$ref: '#/components/schemas/S4999'}"));
    text.append("components: {schemas: {S0: {type: string}");
    for (int i = 1; i < 5_000; i++) {
      text.append(", S").append(i).append(": {allOf: [{$ref: '#/components/schemas/S");
      text.append(i - 1).append("'}]}");
    }

    Reading reading = read(text.append("}}\n").toString());

    assertThat(reading.problems()).isEmpty();
    MessageInteraction message = (MessageInteraction) reading.contract().interactions().get(0);
    assertThat(message.content().content().values())
        .allSatisfy(shape -> assertThat(shape.node().types()).hasSize(1));
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder text =
        new StringBuilder("asyncapi: 3.0.0\nx-a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      text.append("x-a").append(i).append(": &a").append(i).append(" [");
      text.append(("*a" + (i - 1) + ", ").repeat(8)).append("*a").append(i - 1).append("]\n");
    }

    assertThatThrownBy(() -> read(text + "channels: {}\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("alias");
  }

  @Test
  void hugeNumbersAreTold() {
    assertThat(problems(payload("{type: number, multipleOf: 1.55e-999}")))
        .containsExactly("a number with too many digits to be compared");
  }

  @Test
  void hostileNamesStayText() {
    String name = "<script>\\u001b[31m{";
    Reading reading =
        read(
            "asyncapi: 2.6.0\nchannels: {\""
                + name
                + "\": {publish: {message: {name: \""
                + name
                + "\"}}}}\n");

    assertThat(reading.contract().interactions()).hasSize(1);
    assertThat(reading.problems()).isEmpty();
  }
}
