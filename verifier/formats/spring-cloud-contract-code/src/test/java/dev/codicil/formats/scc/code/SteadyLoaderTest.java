package dev.codicil.formats.scc.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** The examples of a request and a reply for each list of values, drawn in this order. */
  private static List<List<Map<String, Object>>> drawn(List<List<String>> lists) throws Exception {
    List<String> entries = Session.classPath();
    URL[] urls = new URL[entries.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(entries.get(i)).toUri().toURL();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (SteadyLoader loader = new SteadyLoader(urls)) {
      thread.setContextClassLoader(loader);
      Class<?> type = loader.loadClass("groovy.lang.GroovyShell");
      Object shell = type.getConstructor(ClassLoader.class).newInstance(loader);
      Method evaluate = type.getMethod("evaluate", String.class);
      List<List<Map<String, Object>>> all = new ArrayList<>();
      for (List<String> values : lists) {
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> given =
            (List<Map<String, Object>>) evaluate.invoke(shell, dsl(values));
        all.add(List.copyOf(given));
      }
      return all;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String dsl(List<String> values) {
    StringBuilder body = new StringBuilder();
    values.forEach(
        value -> body.append("\"\"\"").append(value).append("\"\"\": ").append(value).append(", "));
    String text =
        """
        def c = org.springframework.cloud.contract.spec.Contract.make {
          request { method GET(); url '/a'; body(%1$s) }
          response { status 200; body(%1$s) }
        }
        [c.request.body.serverValue, c.response.body.clientValue].collect { body ->
          body.collectEntries { [it.key, it.value.toString()] } }
        """;
    return text.replace("%1$s", body.toString().replace("\"\"\"$(", "\"\"\"\\$("));
  }

  @Test
  void drawnExamplesAreSteadyAndDoNotDependOnThoseBeforeThem() throws Exception {
    List<List<Map<String, Object>>> first = drawn(List.of(DRAWN, DRAWN.subList(5, 9)));
    List<List<Map<String, Object>>> second = drawn(List.of(DRAWN));

    assertThat(first.get(0).get(0)).hasSameSizeAs(DRAWN);
    assertThat(second.get(0)).isEqualTo(first.get(0));
    assertThat(first.get(0).get(1)).containsAllEntriesOf(first.get(1).get(1));
  }
}
