package dev.codicil.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
  private static SourceDocument read(String text) {
    return DocumentReader.read("dir/file", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refuses(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'',1:1",
    "/a,2:3",
    "/a/b~1c,2:9",
    "/a/b~1c/0,2:17",
    "/a/b~1c/1,2:21",
    "/~0,3:3",
    "/a/b~1c/7,2:9",
    "/a/missing/deeper,2:3",
    "/nothing,1:1",
    "/a/b~1c/x,2:9",
    "/a/b~1c/-1,2:9",
    "/a/b~1c/00000000000000000000,2:9"
  })
  void knowsLineAndColumnInJson(String pointer, String position) {
    Location location = read("{\n  \"a\": {\"b/c\": [10, {}]},\n  \"~\": 1}").locate(pointer);

    assertThat(location).hasToString("dir/file:" + position);
    assertThat(location.pointer()).isEqualTo(pointer);
  }

  @ParameterizedTest
  @CsvSource({"'',1:1", "/a,1:1", "/a/b,2:3", "/a/b/0,3:5", "/a/b/1,4:5", "/a/b/1/x,4:5", "/t,5:1"})
  void knowsLineAndColumnInYaml(String pointer, String position) {
    SourceDocument document = read("a:\n  b:\n  - one\n  - x: 1\nt: |\n  two\n  lines\n");

    assertThat(document.locate(pointer)).hasToString("dir/file:" + position);
    assertThat(document.at("/t").textValue()).isEqualTo("two\nlines\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", "\uFEFF", "# only a comment"})
  void refusesEmptyFiles(String text) {
    refuses(text, "dir/file: the file is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"---", "--- \n...\n", "~", "null"})
  void readsADocumentOfNothingAsNull(String text) {
    assertThat(read(text).root().isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF{\"a\": 1}", "\uFEFFa: 1"})
  void readsFilesWithAByteOrderMark(String text) {
    SourceDocument document = read(text);

    assertThat(document.at("/a").intValue()).isEqualTo(1);
    assertThat(document.locate("/a").line()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF"})
  void columnsOfJsonCountCharactersAndNotBytes(String mark) {
    String text =
        "{\"é\": [\"ü\", 1],\"\uD83D\uDE00€\": {\"k\": \"¹\", \"l\": 2},\r\n \"ß\": true, \"z\": null}";
    SourceDocument document = read(mark + text);

    String first = text.substring(0, text.indexOf('\r'));
    String second = text.substring(text.indexOf('\n') + 1);
    assertThat(document.locate("/é/1").column()).isEqualTo(first.indexOf("1]") + 1);
    assertThat(document.locate("/\uD83D\uDE00€").column()).isEqualTo(first.indexOf("\"\uD83D") + 1);
    assertThat(document.locate("/\uD83D\uDE00€/l").column()).isEqualTo(first.indexOf("\"l\"") + 1);
    assertThat(document.locate("/z")).hasToString("dir/file:2:" + (second.indexOf("\"z\"") + 1));
  }

  @Test
  void anObjectOfManyFieldsKnowsThemAllInTheOrderOfTheDocument() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 40; i++) {
      text.append(i == 0 ? "\n" : ",\n").append("\"f").append(i).append("\": ").append(i);
    }
    SourceDocument document = read(text.append("\n}").toString());

    for (int i = 0; i < 40; i++) {
      assertThat(document.locate("/f" + i).line()).isEqualTo(i + 2);
    }
    assertThat(document.locate("/f40").line()).isEqualTo(1);
  }

  @Test
  void errorsOfJsonAreToldInCharacters() {
    refuses("{\"é€\uD83D\uDE00\": nope}", "dir/file:1:10: not well-formed JSON");
    refuses("{\u0000\"a\": 1}", "dir/file:1:3: not well-formed JSON");
  }

  @Test
  void refusesAKeyThatStandsTwiceInJsonAtItsSecondPlace() {
    assertThatThrownBy(() -> read("{\"é\": {\"k\": 1, \"k\": 2}}"))
        .isInstanceOfSatisfying(
            InputException.class,
            twice -> {
              assertThat(twice).hasMessageContaining("dir/file:1:16: the key 'k' stands twice");
              assertThat(twice.location().pointer()).isEqualTo("/é/k");
            });
  }

  @Test
  void refusesBytesThatAreNoUtf8InJson() {
    byte[] cut = "{\"a\": \"€\"}".getBytes(StandardCharsets.UTF_8);
    cut[9] = '"';

    assertThatThrownBy(() -> DocumentReader.read("f", cut))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("f: the file is not valid UTF-8");
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    assertThatThrownBy(() -> DocumentReader.read("f", new byte[] {'a', ':', ' ', (byte) 0xff}))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("f: the file is not valid UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": {"k": 1, "k": 2}}  | dir/file:1:
          {a: 1}                   | not well-formed JSON
          {"a": 1} {"b": 2}        | a second document
          [1, 2                    | not well-formed JSON
          {"a": NaN}               | not well-formed JSON
          """)
  void refusesMalformedJson(String text, String message) {
    refuses(text, message);
  }

  @Test
  void refusesAKeyThatStandsTwiceInYamlAtItsSecondPlace() {
    refuses("a:\n  k: 1\n  k: 2\n", "dir/file:3:3: the key 'k' stands twice");
    refuses("- {k: 1}\n- {k: 1, k: 2}\n", "dir/file:2:10: the key 'k' stands twice");
    assertThatThrownBy(() -> read("a:\n- k/: 1\n  k/: 2\n"))
        .isInstanceOfSatisfying(
            InputException.class,
            twice -> assertThat(twice.location().pointer()).isEqualTo("/a/0/k~1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: [1\\nb: 2        | not well-formed YAML
          a: b: c             | not well-formed YAML
          --- 1\\n--- 2\\n    | a second document
          ? [a]\\n: 1         | a mapping key that is not a plain text
          a: *nowhere         |
          a: &x [*x]          | refers to itself
          \\ta: 1             | not well-formed YAML
          """)
  void refusesMalformedYamlWithLineAndColumn(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOfSatisfying(
            InputException.class, refused -> assertThat(refused.location().line()).isPositive())
        .hasMessageContaining(message == null ? "" : message);
  }

  @Test
  void aliasesStandWhereTheyAreUsed() {
    SourceDocument document =
        read("base: &b {x: {y: 1}}\nuse: *b\nlist:\n  - &s text\n  - *s\nkey: {*s : 2}\n");

    assertThat(document.at("/use/x/y").intValue()).isEqualTo(1);
    assertThat(document.at("/list/1").textValue()).isEqualTo("text");
    assertThat(document.at("/key/text").intValue()).isEqualTo(2);
    assertThat(document.locate("/base/x/y")).hasToString("dir/file:1:15");
    assertThat(document.locate("/use/x/y").line()).isEqualTo(2);
    assertThat(document.locate("/list/1")).hasToString("dir/file:5:5");
  }

  @Test
  void anAnchorMayBeDefinedAgainAndNestInsideAnother() {
    SourceDocument document = read("a: &x {n: &y [1]}\nb: *y\nc: &x 2\nd: *x\n");

    assertThat(document.at("/b/0").intValue()).isEqualTo(1);
    assertThat(document.at("/d").intValue()).isEqualTo(2);
  }

  @Test
  void anAliasKeepsWhatItsAnchorMeantWhenItWasUsed() {
    SourceDocument document = read("a: &x 1\nb: &y [*x]\nc: &x 2\nd: *y\ne: &x [*x]\nf: *x\n");

    assertThat(document.at("/d/0").intValue()).isEqualTo(1);
    assertThat(document.at("/f/0").intValue()).isEqualTo(2);
  }

  @Test
  void mergeKeysArePlainKeysAsInYaml12() {
    assertThat(read("a: &a {x: 1}\nb:\n  <<: *a\n").at("/b/<</x").intValue()).isEqualTo(1);
  }

  @Test
  void aliasesThatMultiplyAreRefusedSoon() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 12; i++) {
      laughs.append("a").append(i).append(": &a").append(i).append(" [");
      laughs.append(("*a" + (i - 1) + ", ").repeat(8)).append("]\n");
    }
    refuses(laughs.toString(), "aliases that stand for more than 300000 nodes");
  }

  @Test
  void chainsOfAliasesAreReadAsFarAsTheyAreDeep() {
    StringBuilder chain = new StringBuilder("a0: &a0 end\n");
    for (int i = 1; i < 200; i++) {
      chain.append("a").append(i).append(": &a").append(i).append(" [*a").append(i - 1);
      chain.append("]\n");
    }
    assertThat(read(chain.toString()).at("/a199" + "/0".repeat(199)).textValue()).isEqualTo("end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void refusesNestingBeyondTheBoundInJson(String open) {
    refuses(open.repeat(100_000), "");
    refuses("- ".repeat(100_000) + "x", "");
  }

  @Test
  void readsNestingUpToTheBound() {
    String json = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
    assertThat(read(json).at("/0".repeat(Json.MAX_DEPTH - 1)).isArray()).isTrue();
    String yaml = "- ".repeat(Json.MAX_DEPTH) + "x";
    assertThat(read(yaml).at("/0".repeat(Json.MAX_DEPTH)).textValue()).isEqualTo("x");
    refuses("- ".repeat(Json.MAX_DEPTH + 1) + "x", "nested deeper than 500 levels");
  }

  @Test
  void keepsNumbersExactly() {
    String big = "123456789012345678901234567890";
    assertThat(read("{\"a\": " + big + ", \"b\": 0.10, \"c\": 1e400}"))
        .satisfies(d -> assertThat(d.at("/a").bigIntegerValue()).isEqualTo(new BigInteger(big)))
        .satisfies(d -> assertThat(d.at("/b").decimalValue()).isEqualTo(new BigDecimal("0.10")))
        .satisfies(d -> assertThat(d.at("/c").decimalValue()).isEqualTo(new BigDecimal("1e400")));
    assertThat(read("a: " + big + "\nb: 0.10\nc: 1e400\nd: +7\ne: .5\nf: -0\n"))
        .satisfies(d -> assertThat(d.at("/a").bigIntegerValue()).isEqualTo(new BigInteger(big)))
        .satisfies(d -> assertThat(d.at("/b").decimalValue()).isEqualTo(new BigDecimal("0.10")))
        .satisfies(d -> assertThat(d.at("/c").decimalValue()).isEqualTo(new BigDecimal("1e400")))
        .satisfies(d -> assertThat(d.at("/d").intValue()).isEqualTo(7))
        .satisfies(d -> assertThat(d.at("/e").decimalValue()).isEqualTo(new BigDecimal(".5")))
        .satisfies(d -> assertThat(d.at("/f").isIntegralNumber()).isTrue());
  }

  @Test
  void numbersTooLongToCalculateWithAreTextInYamlAndRefusedInJson() {
    assertThat(read("a: " + "9".repeat(100_000)).at("/a").isTextual()).isTrue();
    refuses("{\"a\": " + "9".repeat(100_000) + "}", "");
  }

  @ParameterizedTest
  @CsvSource({
    "~,NULL",
    "null,NULL",
    "'',NULL",
    "true,BOOLEAN",
    "False,BOOLEAN",
    "yes,STRING",
    "on,STRING",
    "'\"1\"',STRING",
    "!!str 1,STRING",
    "12,NUMBER",
    "1.5e3,NUMBER",
    "0x1F,NUMBER",
    "0o17,NUMBER",
    "1_000,STRING",
    "2026-01-01,STRING",
    "12:30,STRING",
    "1.2.3,STRING",
    "-,SEQUENCE",
    "NaN,STRING"
  })
  void resolvesPlainScalarsByTheCoreSchema(String scalar, String type) {
    if (type.equals("SEQUENCE")) {
      assertThat(read("a:\n- x").at("/a").isArray()).isTrue();
      return;
    }
    assertThat(read("a: " + scalar).at("/a").getNodeType()).hasToString(type);
  }

  @Test
  void blockAndQuotedScalarsAreTextAsWritten() {
    SourceDocument document =
        read(
            "a: >-\n  one\n  two\n\n  three\nb: |+\n  x\n\nc: 'it''s'\nd: \"\\u0041\\n\"\ne: |\n  12\n");

    assertThat(document.at("/a").textValue()).isEqualTo("one two\nthree");
    assertThat(document.at("/b").textValue()).isEqualTo("x\n\n");
    assertThat(document.at("/c").textValue()).isEqualTo("it's");
    assertThat(document.at("/d").textValue()).isEqualTo("A\n");
    assertThat(document.at("/e").textValue()).isEqualTo("12\n");
  }

  @Test
  void numericAndBooleanKeysAreText() {
    assertThat(read("200: a\ntrue: b\nnull: c\n").root().properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly("200", "true", "null");
  }

  @Test
  void refusesFilesThatAreTooLarge() {
    assertThatThrownBy(() -> DocumentReader.read("f", new byte[DocumentReader.MAX_BYTES + 1]))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("67108865 bytes");
  }

  @Test
  void positionsOfDeepDocumentsWithLongKeysStaySmall() {
    String key = "k".repeat(5_000);
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      json.append("{\"").append(key).append("\":");
    }
    json.append("[").append("{},".repeat(20_000)).append("{}]").append("}".repeat(400));

    assertThat(read(json.toString()).locate("/" + key + "/" + key).column()).isEqualTo(5_004 + 2);
  }

  @Test
  void severalYamlDocumentsBecomeAListThatKnowsItsLines() {
    SourceDocument document =
        DocumentReader.readAll(
            "a.yaml", "a: &x 1\n---\nb:\n  c: 2\n".getBytes(StandardCharsets.UTF_8));

    assertThat(document.several()).isTrue();
    assertThat(document.root()).hasToString("[{\"a\":1},{\"b\":{\"c\":2}}]");
    assertThat(document.locate("/0/a")).hasToString("a.yaml:1:1");
    assertThat(document.locate("/1")).hasToString("a.yaml:3:1");
    assertThat(document.locate("/1/b/c")).hasToString("a.yaml:4:3");
  }

  @Test
  void oneYamlDocumentIsNoList() {
    SourceDocument document =
        DocumentReader.readAll("a.yaml", "---\n- 1\n".getBytes(StandardCharsets.UTF_8));

    assertThat(document.several()).isFalse();
    assertThat(document.root()).hasToString("[1]");
  }

  @Test
  void anAnchorEndsWithItsDocument() {
    byte[] text = "a: &x 1\n---\nb: *x\n".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> DocumentReader.readAll("a.yaml", text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.yaml:3:4: the alias *x refers to itself or to nothing before");
  }
}
