package dev.codicil.formats.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.amendment.Differ;
import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.InputException;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaFormatTest {
  private static final String DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema";

  private static MemorySource source(String keywords) {
    return MemorySource.of(
        "schemas/license.json", "{\"$schema\": \"" + DRAFT_2020 + "\", " + keywords + "}");
  }

  private static Reading read(String keywords) {
    return source(keywords).reading("schemas/license.json");
  }

  private static Shape.Node value(Reading reading) {
    MessageInteraction message = (MessageInteraction) reading.contract().interactions().get(0);
    Shape shape = message.content().content().get("application/json");
    assertThat(shape).isNotNull();
    return shape.node();
  }

  private static List<String> problems(Reading reading) {
    return reading.problems().stream().map(Problem::message).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema",
        DRAFT_2020
      })
  void everyDraftThatIsReadIsOneMessageOfItsProvider(String draft) {
    MemorySource source =
        MemorySource.of(
            "schemas/license.json",
            "{\"$schema\": \"" + draft + "\", \"title\": \"License\", \"type\": \"object\"}");

    assertThat(new JsonSchemaFormat().recognizes(source.document("schemas/license.json"))).isTrue();
    Reading reading = source.reading("schemas/license.json");

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.contract().provider()).isEqualTo("license");
    assertThat(reading.contract().interactions())
        .singleElement()
        .isInstanceOfSatisfying(
            MessageInteraction.class,
            message -> {
              assertThat(message.key()).isEqualTo("value");
              assertThat(message.description()).isEqualTo("License");
              assertThat(message.flow()).isEqualTo(MessageInteraction.Flow.FROM_PROVIDER);
            });
    assertThat(value(reading).types()).containsExactly(JsonType.OBJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/draft-03/schema#",
        "http://json-schema.org/schema#",
        "https://json-schema.org/draft/next/schema",
        "http://json-schema.org/draft-07/hyper-schema#"
      })
  void otherDialectsAreReportedAtTheirLine(String dialect) {
    MemorySource source = MemorySource.of("a.json", "{\n\"$schema\": \"" + dialect + "\"}");

    assertThat(new JsonSchemaFormat().recognizes(source.document("a.json"))).isTrue();
    assertThatThrownBy(() -> source.reading("a.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.json:2")
        .hasMessageContaining("not yet read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"$schema\": 7}",
        "{\"$schema\": \"./codicil.schema.json\"}",
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"openapi\": \"3.1.0\"}",
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"asyncapi\": \"3.0.0\"}",
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"provider\": {},"
            + " \"consumer\": {}}"
      })
  void otherDocumentsAreLeftToOthers(String text) {
    assertThat(
            new JsonSchemaFormat().recognizes(MemorySource.of("a.json", text).document("a.json")))
        .isFalse();
  }

  @Test
  void theProviderMayBeNamed() {
    assertThat(read("\"x-codicil-provider\": \"authority\"").contract().provider())
        .isEqualTo("authority");
  }

  @Test
  void producersMustNotWidenWhatTheyEmit() {
    Reading strict = read("\"properties\": {\"a\": {\"type\": \"integer\"}}");
    Reading loose = read("\"properties\": {\"a\": {\"type\": \"number\"}}");

    assertThat(Differ.diff(List.of(strict.contract()), List.of(loose.contract())))
        .extracting(change -> change.severity() + " " + change.direction() + " " + change.path())
        .containsExactly("BREAKING REPLY body/a");
    assertThat(Differ.diff(List.of(loose.contract()), List.of(strict.contract())))
        .extracting(change -> change.severity().name())
        .containsExactly("SAFE");
  }

  @Test
  void aFileOfDefinitionsIsOneMessageADefinition() {
    Reading reading =
        read(
            "\"$id\": \"x\", \"$defs\": {\"a\": {\"type\": \"string\"}, \"b\": {\"$ref\":"
                + " \"#/$defs/a\"}}");

    assertThat(reading.contract().interactions())
        .extracting(interaction -> interaction.key())
        .containsExactly("definition a", "definition b");
    assertThat(reading.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '#text'                              | an anchor
          https://x.example/s/license#text   | an anchor under the name of its schema
          /s/license#text                    | a name relative to the host
          license#/$defs/t                   | a pointer under a relative name
          inner                              | the name of an embedded schema
          https://x.example/s/inner          | the whole name of an embedded schema
          '#/$defs/t'                          | a pointer
          other.json                         | a file beside this one
          """)
  void referencesByNameLeadInsideTheFile(String ref, String what) {
    Reading reading =
        source(
                "\"$id\": \"https://x.example/s/license\", \"properties\": {\"a\": {\"$ref\": \""
                    + ref
                    + "\"}}, \"$defs\": {\"t\": {\"$anchor\": \"text\", \"type\": \"string\"},"
                    + " \"i\": {\"$id\": \"inner\", \"$ref\": \"#/$defs/own\","
                    + " \"$defs\": {\"own\": {\"type\": \"string\"}}}}")
            .with("schemas/other.json", "{\"type\": \"string\"}")
            .reading("schemas/license.json");

    assertThat(problems(reading)).as(what).isEmpty();
    Shape.Property a = value(reading).properties().get("a");
    assertThat(a).isNotNull();
    assertThat(a.shape().node().types()).as(what).containsExactly(JsonType.STRING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '#nowhere'                     | names an anchor that is not there
          https://x.example/other      | nothing is fetched
          missing.json                 | there is no such file
          ../../up.json                | outside of the contracts' root
          '#/$defs/none'                 | leads nowhere
          """)
  void referencesThatLeadNowhereAreTold(String ref, String reason) {
    Reading reading =
        read(
            "\"$id\": \"https://x.example/s/license\", \"properties\": {\"a\": {\"$ref\": \""
                + ref
                + "\"}}");

    assertThat(problems(reading)).singleElement().asString().contains(reason);
  }

  @Test
  void namesInDataAndPropertiesThatLookLikeNamesAreNone() {
    Reading reading =
        read(
            "\"properties\": {\"$id\": {\"type\": \"string\"}, \"default\": {\"$anchor\": \"d\","
                + " \"type\": \"null\"}, \"e\": {\"enum\": [{\"$anchor\": \"d\"}]},"
                + " \"f\": {\"$ref\": \"#d\"}}");

    assertThat(reading.problems()).isEmpty();
    Shape.Property f = value(reading).properties().get("f");
    assertThat(f).isNotNull();
    assertThat(f.shape().node().types()).containsExactly(JsonType.NULL);
  }

  @Test
  void theOldWayToNameASchemaIsRead() {
    MemorySource source =
        MemorySource.of(
            "a.json",
            "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"id\": \"urn:a\","
                + " \"properties\": {\"a\": {\"$ref\": \"urn:b\"}, \"c\": {\"$ref\": \"#c\"}},"
                + " \"definitions\": {\"b\": {\"id\": \"urn:b\", \"type\": \"string\"},"
                + " \"c\": {\"id\": \"#c\", \"type\": \"string\"}}}");

    Reading reading = source.reading("a.json");

    assertThat(problems(reading)).isEmpty();
    assertThat(value(reading).properties().values())
        .allSatisfy(p -> assertThat(p.shape().node().types()).containsExactly(JsonType.STRING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"dependencies\": {\"a\": [\"b\"]}     | 'dependencies' of older drafts",
        "\"additionalItems\": false             | 'additionalItems' of older drafts",
        "\"exclusiveMinimum\": true             | 'exclusiveMinimum: true' of draft-04",
        "\"items\": [{}]                        | as a list of schemas",
        "\"$recursiveRef\": \"#\"               | dynamic references"
      })
  void whatOlderDraftsWriteOtherwiseIsTold(String keyword, String told) {
    assertThat(problems(read(keyword))).singleElement().asString().contains(told);
  }

  @Test
  void schemasMadeOfThemselvesAreReadInFiniteTime() {
    Reading reading =
        read(
            "\"$ref\": \"#\", \"properties\": {\"a\": {\"$ref\": \"#\"}},"
                + " \"allOf\": [{\"$ref\": \"#\"}]");

    assertThat(problems(reading)).allSatisfy(told -> assertThat(told).contains("leads back"));
    assertThat(Differ.diff(List.of(reading.contract()), List.of(reading.contract()))).isEmpty();
  }

  @Test
  void deepAndHugeSchemasAreBounded() {
    assertThat(problems(read("\"minimum\": 1e999999999"))).hasSize(1);
    assertThatThrownBy(
            () ->
                read(
                    "\"items\": ".concat("{\"items\": ".repeat(10_000))
                        + "{}"
                        + "}".repeat(10_000)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nesting depth");
    assertThatThrownBy(() -> read("\"type\": \"string\", \"type\": \"null\""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the key 'type' stands twice");
  }
}
