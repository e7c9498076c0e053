package dev.codicil.formats.scc.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Spring Cloud Contract draws at random is the same in every process. */
class SteadyLoaderTest {
  private static final List<String> DRAWN =
      List.of(
          "anyAlphaUnicode()",
          "anyAlphaNumeric()",
          "anyNumber()",
          "anyInteger()",
          "anyPositiveInt()",
          "anyDouble()",
          "anyHex()",
          "aBoolean()",
          "anyIpAddress()",
          "anyHostname()",
          "anyEmail()",
          "anyUrl()",
          "anyHttpsUrl()",
          "anyUuid()",
          "anyDate()",
          "anyDateTime()",
          "anyTime()",
          "anyIso8601WithOffset()",
          "anyNonBlankString()",
          "anyNonEmptyString()",
          "anyOf('a', 'b', 'c')",
          "$(regex('[a-z]{3,9}'))",
          "$(regex('x|y|z'))");

  /** The examples of a request and a reply, drawn in this order. */
  private static List<Map<String, Object>> drawn(List<String> values) throws Exception {
    StringBuilder body = new StringBuilder();
    values.forEach(value -> body.append("\"\"\"").append(value).append("\"\"\": ").append(value).append(", "));
    String text =
        """
        def c = org.springframework.cloud.contract.spec.Contract.make {
          request { method GET(); url '/a'; body(%1$s) }
          response { status 200; body(%1$s) }
        }
        [c.request.body.serverValue, c.response.body.clientValue].collect { body ->
          body.collectEntries { [it.key, it.value.toString()] } }
        """;
    List<String> entries = Session.classPath();
    URL[] urls = new URL[entries.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(entries.get(i)).toUri().toURL();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (SteadyLoader loader = new SteadyLoader(urls)) {
      thread.setContextClassLoader(loader);
      Class<?> shell = loader.loadClass("groovy.lang.GroovyShell");
      Object made = shell.getConstructor(ClassLoader.class).newInstance(loader);
      String dsl = text.replace("%1$s", body.toString().replace("\"\"\"$(", "\"\"\"\\$("));
      @SuppressWarnings("unchecked")
      List<Map<String, Object>> given =
          (List<Map<String, Object>>) shell.getMethod("evaluate", String.class).invoke(made, dsl);
      return List.copyOf(given);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void drawnExamplesAreSteady() throws Exception {
    List<Map<String, Object>> first = drawn(DRAWN);
    List<Map<String, Object>> second = drawn(DRAWN);

    assertThat(first.get(0)).hasSameSizeAs(DRAWN);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aDrawnExampleDoesNotDependOnThoseBeforeIt() throws Exception {
    Map<String, Object> all = drawn(DRAWN).get(1);
    Map<String, Object> some = drawn(DRAWN.subList(5, 9)).get(1);

    assertThat(all).containsAllEntriesOf(some);
  }
}
