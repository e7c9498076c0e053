package dev.codicil.formats.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Differ;
import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncApiFormatTest {

  /** Run with {@code -Dcodicil.golden=write} to write the files that a person then reviews. */
  @ParameterizedTest
  @ValueSource(strings = {"events-2", "events-3", "requests-3"})
  void everyMessageOfADocumentIsInTheModelOrReported(String name) throws IOException {
    String dump = ModelDump.of(MemorySource.fixtures().reading(name + ".yaml"));
    if ("write".equals(System.getProperty("codicil.golden"))) {
      Files.writeString(Path.of("src/test/resources/asyncapi/" + name + ".golden"), dump);
    }
    assertThat(dump).isEqualTo(MemorySource.resource("/asyncapi/" + name + ".golden"));
  }

  private static MemorySource source(String text) {
    return MemorySource.of("events.yaml", text);
  }

  private static List<MessageInteraction> messages(String text) {
    return source(text).reading("events.yaml").contract().interactions().stream()
        .map(MessageInteraction.class::cast)
        .toList();
  }

  private static List<String> problems(String text) {
    return source(text).reading("events.yaml").problems().stream().map(Problem::message).toList();
  }

  private static List<String> diff(String before, String after) {
    return Differ.diff(
            List.of(source(before).reading("events.yaml").contract()),
            List.of(source(after).reading("events.yaml").contract()))
        .stream()
        .map(AsyncApiFormatTest::told)
        .toList();
  }

  private static String told(Change change) {
    return change.severity() + " " + change.rule() + " " + change.direction() + " " + change.path();
  }

  @Test
  void aDocumentThatIsMigratedToTheNextVersionHasNotChanged() {
    MemorySource source = MemorySource.fixtures();

    assertThat(
            Differ.diff(
                List.of(source.reading("events-2.yaml").contract()),
                List.of(source.reading("events-3.yaml").contract())))
        .isEmpty();
    assertThat(keys(source, "events-2.yaml")).isEqualTo(keys(source, "events-3.yaml"));
  }

  private static List<String> keys(MemorySource source, String file) {
    return source.reading(file).contract().interactions().stream().map(Interaction::key).toList();
  }

  private static String v2(String verb, String message) {
    return "asyncapi: 2.6.0\nchannels: {a: {" + verb + ": {message: " + message + "}}}\n";
  }

  private static String v3(String action, String message) {
    return "asyncapi: 3.0.0\nchannels: {a: {address: a, messages: {m: "
        + message
        + "}}}\noperations: {o: {action: "
        + action
        + ", channel: {$ref: '#/channels/a'}}}\n";
  }

  @Test
  void whatOthersMaySubscribeToIsSentAndWhatTheyPublishIsReceived() {
    assertThat(messages(v2("subscribe", "{name: m}")))
        .extracting(MessageInteraction::key, MessageInteraction::flow)
        .containsExactly(tuple("send a m", Flow.FROM_PROVIDER));
    assertThat(messages(v2("publish", "{name: m}")))
        .extracting(MessageInteraction::key, MessageInteraction::flow)
        .containsExactly(tuple("receive a m", Flow.TO_PROVIDER));
    assertThat(messages(v3("send", "{}")))
        .extracting(MessageInteraction::key)
        .containsExactly("send a m");
    assertThat(messages(v3("receive", "{}")))
        .extracting(MessageInteraction::flow)
        .containsExactly(Flow.TO_PROVIDER);
  }

  @Test
  void whatIsSentMustNotWidenAndWhatIsReceivedMustNotNarrow() {
    String strict = "{payload: {type: object, required: [id], properties: {id: {type: string}}}}";
    String loose = "{payload: {type: object, properties: {id: {type: string}}}}";

    assertThat(diff(v3("send", strict), v3("send", loose)))
        .containsExactly("BREAKING field-became-optional REPLY body/id");
    assertThat(diff(v3("send", loose), v3("send", strict)))
        .containsExactly("SAFE field-became-required REPLY body/id");
    assertThat(diff(v3("receive", strict), v3("receive", loose)))
        .containsExactly("SAFE field-became-optional REQUEST body/id");
    assertThat(diff(v2("publish", loose), v2("publish", strict)))
        .containsExactly("BREAKING field-became-required REQUEST body/id");
  }

  @Test
  void headersFollowTheFlowOfTheirMessage() {
    String without = "{headers: {type: object, properties: {}}}";
    String with = "{headers: {type: object, required: [t], properties: {t: {type: string}}}}";

    assertThat(diff(v3("receive", without), v3("receive", with)))
        .containsExactly("BREAKING parameter-added REQUEST header:t");
    assertThat(diff(v3("send", without), v3("send", with)))
        .containsExactly("SAFE header-added REPLY header:t");
  }

  @Test
  void parametersOfAnAddressAreTheChoiceOfWhoUsesIt() {
    String text =
        "asyncapi: 3.0.0\nchannels: {a: {address: 'a/{NAME}', parameters: {NAME: {enum: [ENUM]}},"
            + " messages: {m: {}}}}\n"
            + "operations: {o: {action: send, channel: {$ref: '#/channels/a'}}}\n";
    String before = text.replace("NAME", "id").replace("ENUM", "x, y");

    assertThat(diff(before, text.replace("NAME", "key").replace("ENUM", "x, y"))).isEmpty();
    assertThat(diff(before, text.replace("NAME", "id").replace("ENUM", "x")))
        .singleElement()
        .asString()
        .startsWith("BREAKING")
        .contains(" REQUEST path:id");
  }

  @Test
  void aMessageWithAnotherNameIsTheSameWhenItIsAloneOrHasTheSameContent() {
    assertThat(diff(v2("subscribe", "{messageId: old}"), v2("subscribe", "{messageId: new}")))
        .isEmpty();
    String two =
        "{oneOf: [{name: A, payload: {type: string}}, {name: B, payload: {type: integer}}]}";
    assertThat(diff(v2("subscribe", two), v2("subscribe", two.replace("A", "X").replace("B", "Y"))))
        .isEmpty();
    assertThat(
            diff(
                v2("subscribe", two),
                v2("subscribe", two.replace("A, payload: {type: string}", "X"))))
        .hasSize(2)
        .anyMatch(change -> change.startsWith("BREAKING interaction-removed"));
  }

  @Test
  void messagesOfOneNameAreAllKept() {
    assertThat(
            messages(
                v2("publish", "{oneOf: [{payload: {type: string}}, {payload: {type: null}}]}")))
        .extracting(MessageInteraction::key)
        .containsExactly("receive a message", "receive a message (2)");
  }

  @Test
  void traitsWinInVersion2AndLoseInVersion3() {
    String message = "{contentType: text/plain, traits: [{contentType: text/css}]}";

    assertThat(messages(v2("publish", message)).get(0).content().content())
        .containsOnlyKeys("text/css");
    assertThat(messages(v3("receive", message)).get(0).content().content())
        .containsOnlyKeys("text/plain");
  }

  @Test
  void headersOfTraitsAreMergedAndAnUnclearMergeIsTold() {
    String message =
        "{traits: [{headers: {properties: {t: {type: string}}, required: [t]}}],"
            + " headers: {properties: {o: {type: string}, t: {type: integer}}}}";

    List<MessageInteraction> read = messages(v3("send", message));

    assertThat(read.get(0).metadata())
        .extracting(Parameter::name, Parameter::required)
        .containsExactly(tuple("o", false), tuple("t", true));
    assertThat(problems(v3("send", message)))
        .singleElement()
        .asString()
        .contains("'t' is declared by a message and by a trait");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.apache.avro;version=1.9.0|Avro",
        "application/vnd.google.protobuf;version=3|Protobuf",
        "application/raml+yaml;version=1.0|RAML",
        "application/vnd.oai.openapi;version=3.0.0|an OpenAPI schema",
        "text/x-own|'text/x-own'",
        "application/schema+json;version=draft-03|JSON Schema 'draft-03'"
      })
  void payloadsInOtherLanguagesAreToldAndStayInTheModel(String formatAndName) {
    String format = formatAndName.substring(0, formatAndName.indexOf('|'));
    String name = formatAndName.substring(formatAndName.indexOf('|') + 1);
    String flat = v2("publish", "{schemaFormat: '" + format + "', payload: {a: b}}");
    String wrapped = v3("send", "{payload: {schemaFormat: '" + format + "', schema: {a: b}}}");

    for (String text : List.of(flat, wrapped)) {
      assertThat(problems(text))
          .containsExactly("the payload is described in " + name + ", which is not yet read");
      assertThat(messages(text).get(0).content().content().get("application/json"))
          .isNotNull()
          .satisfies(shape -> assertThat(shape.node().unread()).containsExactly("schemaFormat"));
    }
  }

  @Test
  void aKafkaTopicStandsForTheAddress() {
    String text =
        v2("publish", "{name: m}").replace("{a: {", "{a: {bindings: {kafka: {topic: t}}, ");

    assertThat(messages(text)).extracting(MessageInteraction::key).containsExactly("receive t m");
  }

  @Test
  void theReplyOfAReceivedRequestIsSent() {
    String text =
        "asyncapi: 3.0.0\nchannels: {a: {address: a, messages: {ask: {}}},"
            + " b: {address: b, messages: {tell: {}}}}\n"
            + "operations: {o: {action: receive, channel: {$ref: '#/channels/a'},"
            + " reply: {channel: {$ref: '#/channels/b'},"
            + " address: {location: '$message.header#/to'}}}}\n";

    assertThat(messages(text))
        .extracting(MessageInteraction::key)
        .containsExactly("receive a ask", "send b tell");
    assertThat(messages(text).get(0).metadata())
        .extracting(Parameter::name)
        .containsExactly("reply address");
    assertThat(diff(text, text.replace("header#/to'", "header#/back'")))
        .contains("BREAKING enum-value-removed REQUEST header:reply address");
  }

  @Test
  void theEventsOfTheSampleServicesAreReadWithoutAProblem() throws IOException {
    Path contract = Path.of("../../../contracts/asyncapi/licensing-events.yaml");
    MemorySource source = source(Files.readString(contract));

    assertThat(source.reading("events.yaml").problems()).isEmpty();
    assertThat(source.reading("events.yaml").contract().provider()).isEqualTo("license-authority");
    assertThat(keys(source, "events.yaml"))
        .containsExactly(
            "send licensing.licenses LicenseIssued",
            "send licensing.licenses LicenseRenewed",
            "send licensing.licenses LicenseRevoked");
  }
}
