package dev.codicil.formats.pact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Shape;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PactFormatTest {

  @Test
  void bothHalvesOfAMixedFileAreKept() {
    Reading reading = Fixtures.fixture("v3-mixed.json");
    assertThat(reading.contract().interactions())
        .hasExactlyElementsOfTypes(MessageInteraction.class, HttpInteraction.class);
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aPactWithoutInteractionsIsAReadableContract() {
    Reading reading = Fixtures.fixture("v3-empty.json");
    assertThat(reading.contract().consumer()).isEqualTo("a");
    assertThat(reading.contract().provider()).isEqualTo("b");
    assertThat(reading.contract().interactions()).isEmpty();
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void messagesWithoutMetadataAreNotLost() {
    Reading reading =
        Fixtures.read(
            Fixtures.parse(
                """
                {"consumer": {"name": "c"}, "provider": {"name": "p"},
                 "messages": [{"description": "m", "contents": {"a": 1}}]}"""));
    assertThat(reading.contract().interactions())
        .extracting(Interaction::key)
        .containsExactly("message: m");
  }

  @Test
  void theKeyDependsOnDescriptionAndStatesAndNotOnTheirPlaceOrFieldOrder() {
    String rest = "\"request\": {}, \"response\": {}";
    String one =
        "{\"description\": \"d\", \"providerStates\": [{\"name\": \"s\", \"params\":"
            + " {\"a\": 1, \"b\": {\"x\": 1, \"y\": 2}}}], "
            + rest
            + "}";
    String same =
        "{"
            + rest
            + ", \"providerStates\": [{\"params\":"
            + " {\"b\": {\"y\": 2, \"x\": 1}, \"a\": 1}, \"name\": \"s\"}], \"description\": \"d\"}";
    String other = one.replace("\"a\": 1", "\"a\": 2");
    Interaction first = Fixtures.pact("3.0.0", one).contract().interactions().get(0);
    List<Interaction> moved =
        Fixtures.pact("4.0", typed(other), typed(same)).contract().interactions();
    assertThat(moved.get(1).key()).isEqualTo(first.key());
    assertThat(moved.get(0).key()).isNotEqualTo(first.key());
  }

  private static String typed(String interaction) {
    return interaction.replaceFirst("\\{", "{\"type\": \"Synchronous/HTTP\", ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /a b/c%20d/100%/ü | null | /a%20b/c%20d/100%25/%C3%BC
          /a?b#c/{id} | null | /a%3Fb%23c/%7Bid%7D
          /a | "x=1&y=a%20b&x=2" | /a?x=1&y=a%20b&x=2
          /a | "?q=ä&raw=<>" | /a?q=%C3%A4&raw=%3C%3E
          /a | {"q": ["1+1=2 & more", "ü"], "flag": [null], "n": 5, "e": ""} | /a?q=1%2B1%3D2%20%26%20more&q=%C3%BC&flag&n=5&e=
          /a | {"ids[]": ["1"]} | /a?ids[]=1
          `` | {} | /
          """)
  void theTargetIsPercentEncoded(String path, String query, String target) {
    Reading reading =
        Fixtures.pact(
            "3.0.0",
            """
            {"description": "d", "request": {"path": "%s", "query": %s}, "response": {}}"""
                .formatted(path, query));
    assertThat(reading.problems()).isEmpty();
    HttpRequest request = reading.contract().http().get(0).exemplars().get(0).request();
    assertThat(request.target()).isEqualTo(target);
  }

  @Test
  void versionThreeKeepsBinaryBodiesAsBase64() {
    HttpInteraction http =
        Fixtures.answering(
            """
            {"status": 200, "headers": {"Content-Type": "application/octet-stream"},
             "body": "AAEC/w=="}""");
    HttpReply reply = Objects.requireNonNull(http.exemplars().get(0).reply());
    assertThat(reply.body().bytes()).containsExactly(0, 1, 2, -1);
    assertThat(http.expectation().check(http.exemplars().get(0).request(), reply)).isEmpty();
  }

  @Test
  void hostAndHopByHopHeadersAreDescribedAndNotSent() {
    HttpInteraction order = Fixtures.fixture("v3-orders.json").contract().http().get(0);
    assertThat(order.parameters()).extracting("name").contains("Host");
    assertThat(order.exemplars().get(0).request().headers().first("host")).isEmpty();
  }

  @Test
  void aMatcherOnAParentHoldsForItsDescendantsUnlessTheyHaveTheirOwn() {
    Shape.Node body =
        body(
            """
            {"status": 200, "body": {"a": {"b": [{"c": "x", "d": 1}]}}, "matchingRules": {"body": {
              "$": {"matchers": [{"match": "type"}]},
              "$.a.b[*].*": {"matchers": [{"match": "equality"}]},
              "$.a.b[0].d": {"matchers": [{"match": "integer"}]}}}}""");
    assertThat(ShapeText.of(body))
        .isEqualTo("object {a: object {b: array items(object {c: string [\"x\"], d: integer})}}");
  }

  private static Shape.Node body(String response) {
    return Fixtures.answering(response)
        .responses()
        .get(0)
        .body()
        .content()
        .values()
        .iterator()
        .next()
        .node();
  }

  /** A diff reads many pacts and judges no reply; loading Pact JVM takes longer than all of it. */
  @Test
  void readingDoesNotNeedPactJvm() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String unified = entry.replace('\\', '/');
      if (!unified.contains("/au/com/dius/")) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    try (URLClassLoader without =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      assertThat(without.getResource("au/com/dius/pact/core/matchers/ResponseMatching.class"))
          .isNull();
      Class<?> reader = without.loadClass("dev.codicil.contract.DocumentReader");
      Object document =
          reader
              .getMethod("read", String.class, byte[].class)
              .invoke(
                  null,
                  "p.json",
                  Fixtures.text(
                          "3.0.0", "{\"description\": \"d\", \"request\": {}, \"response\": {}}")
                      .getBytes(StandardCharsets.UTF_8));
      Object format =
          without.loadClass(PactFormat.class.getName()).getDeclaredConstructor().newInstance();
      Object reading =
          format
              .getClass()
              .getMethod(
                  "read", document.getClass(), without.loadClass("dev.codicil.contract.Source"))
              .invoke(format, document, null);
      assertThat(reading.toString()).contains("description=d");
    }
  }
}
