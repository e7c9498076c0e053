package dev.codicil.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Samples;
import dev.codicil.chaos.SeenFields;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Headers;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Payload;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldFaultsTest {
  private static Injection.Plan plan(String id, String pointer, Payload body) {
    Fault fault = Faults.byId(id).orElseThrow();
    return fault.plan(
        Samples.message(Stream.DOWNSTREAM, Headers.NONE, body),
        Parameters.NONE.with("pointer", pointer),
        Dice.of(7, "interaction", 0, id));
  }

  private static String struck(String id, String pointer, String body) {
    return plan(id, pointer, Payload.of(body)).effects().stream()
        .map(effect -> ((Effect.ReplaceBody) effect).body().utf8())
        .findFirst()
        .orElse("untouched");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a    | {'a': 1, 'b': 2}            | {'b': 2}",
        "/b    | {'a': 1, 'b': 2}            | {'a': 1}",
        "/b    | {'a': 1 , 'b': 2 , 'c': 3}  | {'a': 1 , 'c': 3}",
        "/a    | { 'a': 1 }                  | {  }",
        "/a/b  | {'a':{'b':[1,{'c':2}]}}     | {'a':{}}",
        "/1    | [1, 2, 3]                   | [1, 3]",
        "/*    | [1, 2, 3]                   | []",
        "/*/a  | [{'a':1},{'b':2,'a':3},4]   | [{},{'b':2},4]",
        "/*    | {'*': 1, 'a': 2}            | {'a': 2}",
        "/a~1b | {'a/b':1,'c~d':2}           | {'c~d':2}",
        "/c~0d | {'a/b':1,'c~d':2}           | {'a/b':1}",
        "/     | {'':1,'a':2}                | {'a':2}"
      })
  void dropsTheFieldAndOneComma(String pointer, String body, String expected) {
    assertThat(struck("drop-field", pointer, body.replace('\'', '"')))
        .isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void keepsEveryOtherByteOfARichBody() {
    assertThat(struck("null-field", "/sl~1ash/til~0de", Samples.RICH))
        .isEqualTo(Samples.RICH.replace("-0.0", "null"));
    assertThat(struck("drop-field", "/escaped", Samples.RICH))
        .isEqualTo(Samples.RICH.replace(",\n  \"\\u0065scaped\": [[1, 2], [3]]", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-field", "null-field", "retype-field"})
  void changesNothingButItsPointer(String id) {
    Payload rich = Payload.of(Samples.RICH);
    JsonNode before = rich.json().orElseThrow();
    for (String pointer : SeenFields.pointers(rich)) {
      Injection.Plan plan = plan(id, pointer, rich);
      if (id.equals("null-field") && pointer.equals("/none")) {
        assertThat(plan.isEmpty()).isTrue();
        continue;
      }
      JsonNode after = Payload.of(struck(id, pointer, Samples.RICH)).json().orElseThrow();
      assertThat(plan.detail()).startsWith(pointer + " ");
      Map<String, JsonNode> left = outside(before, pointer);
      assertThat(outside(after, pointer)).as(pointer).isEqualTo(left).isNotEmpty();
      assertThat(after).as(pointer).isNotEqualTo(before);
    }
  }

  /** Leaves of a tree that do not lie at or under a pattern. */
  private static Map<String, JsonNode> outside(JsonNode root, String pattern) {
    Map<String, JsonNode> leaves = new LinkedHashMap<>();
    collect("", "", root, pattern, leaves);
    return leaves;
  }

  private static void collect(
      String path, String general, JsonNode node, String pattern, Map<String, JsonNode> leaves) {
    if (general.equals(pattern)) {
      return;
    }
    if (node.isValueNode() || node.isEmpty()) {
      if (!pattern.startsWith(general + "/")) {
        leaves.put(path, node);
      }
      return;
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "/" + i, general + "/*", node.get(i), pattern, leaves);
      }
      return;
    }
    node.properties()
        .forEach(
            field ->
                collect(
                    SourceDocument.child(path, field.getKey()),
                    SourceDocument.child(general, field.getKey()),
                    field.getValue(),
                    pattern,
                    leaves));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "12", "-1.5e3", "true", "false", "null", "{\"a\":1}", "[1]"})
  void retypingAlwaysChangesTheType(String value) {
    String changed = struck("retype-field", "/field", "{\"field\":" + value + "}");
    JsonType before = type("{\"field\":" + value + "}");
    JsonType after = type(changed);
    assertThat(after).isNotEqualTo(before).isNotEqualTo(JsonType.NULL);
  }

  private static JsonType type(String body) {
    return JsonType.of(Payload.of(body).json().orElseThrow().get("field"));
  }

  @Test
  void saysWhatItPutInPlaceOfWhat() {
    assertThat(plan("retype-field", "/a", Payload.of("{\"a\":12}")).detail())
        .isEqualTo("/a from number to \"not-a-number\"");
    assertThat(plan("retype-field", "/*", Payload.of("[{}, true, {}]")).detail())
        .isEqualTo("/* from object to [], from boolean to \"not-a-boolean\"");
    assertThat(plan("drop-field", "/a", Payload.of("{\"a\":12}")).detail()).isEqualTo("/a dropped");
    assertThat(plan("null-field", "/a", Payload.of("{\"a\":12}")).detail())
        .isEqualTo("/a set to null");
  }

  static List<Payload> notForField() {
    String deep = "[".repeat(100_000);
    return List.of(
        Payload.EMPTY,
        Payload.of("{}"),
        Payload.of("{\"b\":1}"),
        Payload.of("[{\"a\":1}]"),
        Payload.of("\"a\""),
        Payload.of("{\"a\":1"),
        Payload.of("{\"a\":1} trailing"),
        Payload.of("{\"a\":1}{\"a\":1}"),
        Payload.of("{\"a\":1,\"a\":2}"),
        Payload.of("{\"a\":" + deep),
        Payload.of("{\"a\":" + deep + "]".repeat(100_000) + "}"),
        Payload.of("{\"a\":01}"),
        Payload.of("<a>1</a>"),
        Payload.of(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'}),
        Payload.of("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16)));
  }

  @ParameterizedTest
  @MethodSource("notForField")
  void doesNothingToABodyWithoutTheField(Payload body) {
    for (String id : List.of("drop-field", "null-field", "retype-field")) {
      Injection.Plan plan = plan(id, "/a", body);
      assertThat(plan.isEmpty()).isTrue();
      assertThat(plan.detail()).isIn("the body is not JSON", "the body has no /a");
    }
  }

  @Test
  void keepsAByteOrderMark() {
    assertThat(struck("drop-field", "/a", "\uFEFF{\"a\":1,\"b\":2}")).isEqualTo("\uFEFF{\"b\":2}");
  }

  @Test
  void editsAsATreeEditorWould() {
    long seed = 4_711L;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      List<String> names = List.of("a", "b\\\"", "c/", "d~", "\u00e9", "*");
      write(text, random, names, 0);
      Payload body = Payload.of(text.toString());
      List<String> pointers = new ArrayList<>(SeenFields.pointers(body));
      if (pointers.isEmpty()) {
        continue;
      }
      String pointer = pointers.get(random.nextInt(pointers.size()));
      JsonNode expected = body.json().orElseThrow();
      drop(expected, pointer.substring(1).split("/", -1), 0);
      assertThat(Payload.of(struck("drop-field", pointer, text.toString())).json())
          .as("seed %d, round %d: %s of %s", seed, round, pointer, text)
          .contains(expected);
    }
  }

  private static void write(StringBuilder text, Random random, List<String> names, int depth) {
    String space = random.nextBoolean() ? "" : " \n\t";
    int kind = depth > 3 ? 2 + random.nextInt(4) : random.nextInt(6);
    if (kind > 1) {
      text.append(List.of("1.50", "\"[,]\\\\\"", "true", "null").get(kind - 2));
      return;
    }
    int size = random.nextInt(4);
    text.append(kind == 0 ? "{" : "[").append(space);
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : "," + space);
      if (kind == 0) {
        int name = (i * 2 + random.nextInt(2)) % names.size();
        text.append('"').append(names.get(name)).append('"').append(space).append(':');
      }
      text.append(space);
      write(text, random, names, depth + 1);
      text.append(space);
    }
    text.append(kind == 0 ? "}" : "]");
  }

  private static void drop(JsonNode node, String[] tokens, int depth) {
    String token = tokens[depth].replace("~1", "/").replace("~0", "~");
    boolean last = depth == tokens.length - 1;
    if (node instanceof ObjectNode object && object.has(token)) {
      if (last) {
        object.remove(token);
      } else {
        drop(object.get(token), tokens, depth + 1);
      }
    } else if (node.isArray() && token.equals("*")) {
      if (last) {
        ((com.fasterxml.jackson.databind.node.ArrayNode) node).removeAll();
      } else {
        node.forEach(item -> drop(item, tokens, depth + 1));
      }
    }
  }
}
