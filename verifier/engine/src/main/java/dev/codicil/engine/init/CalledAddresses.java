package dev.codicil.engine.init;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that a service calls, by the environment variable that changes them: {@code
 * ${PAYMENTS_URL:http://localhost:8081}} in a property, a property with an address in it (Spring's
 * relaxed binding gives the variable), {@code process.env.PAYMENTS_URL} in a script.
 */
final class CalledAddresses {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([A-Za-z][\\w.\\-]{0,100}):([a-z][a-z:+]{1,30}://[^}\\s\"]{1,200})}");
  private static final Pattern ADDRESS =
      Pattern.compile("([a-z][a-z:+]{1,30}://[^\\s\"'<>]{1,200})");
  private static final Pattern PROPERTY =
      Pattern.compile(
          "(?m)^[ \\t]*([A-Za-z][\\w.\\-]{0,100})[ \\t]*[=:][ \\t]*(\\S[^\\r\\n]{0,300})$");
  private static final Pattern SCRIPT =
      Pattern.compile("process\\.env\\.([A-Z][A-Z0-9_]{0,60}(?:URL|URI|ENDPOINT|HOST|BASE))\\b");

  private final Map<String, String> http = new TreeMap<>();
  private final Map<String, String> others = new TreeMap<>();

  /** Environment variable to the HTTP address it stands for; empty where no default is known. */
  Map<String, String> http() {
    return http;
  }

  /** The same for addresses of other protocols, such as {@code jdbc:postgresql}. */
  Map<String, String> others() {
    return others;
  }

  /** Looks through what Spring Boot reads its configuration from, and through its sources. */
  static CalledAddresses ofSpring(RepositoryFiles files, String folder) {
    CalledAddresses found = new CalledAddresses();
    String resources = RepositoryFiles.in(folder, "src/main/resources/application");
    for (String file : files.below(folder, file -> file.startsWith(resources))) {
      String text = files.text(file).orElse("");
      if (file.endsWith(".properties")) {
        PROPERTY
            .matcher(text)
            .results()
            .forEach(match -> found.property(match.group(1), match.group(2)));
      } else if (file.endsWith(".yml") || file.endsWith(".yaml")) {
        found.walk("", Trees.of(file, text), 0);
      }
    }
    String sources = RepositoryFiles.in(folder, "src/main/");
    for (String file : files.below(folder, file -> file.startsWith(sources))) {
      if (file.endsWith(".java") || file.endsWith(".kt")) {
        PLACEHOLDER
            .matcher(files.text(file).orElse(""))
            .results()
            .forEach(match -> found.add(variable(match.group(1)), match.group(2)));
      }
    }
    return found;
  }

  /** Looks through the scripts of a service for Node.js. */
  static CalledAddresses ofScripts(RepositoryFiles files, String folder) {
    CalledAddresses found = new CalledAddresses();
    for (String file : files.below(folder, CalledAddresses::isScript)) {
      SCRIPT
          .matcher(files.text(file).orElse(""))
          .results()
          .forEach(match -> found.http.putIfAbsent(match.group(1), ""));
    }
    return found;
  }

  static boolean isScript(String file) {
    boolean test = file.contains("/test/") || file.contains(".test.") || file.contains(".spec.");
    return !test
        && (file.endsWith(".js")
            || file.endsWith(".mjs")
            || file.endsWith(".cjs")
            || file.endsWith(".ts"));
  }

  private void walk(String path, JsonNode node, int depth) {
    if (node.isObject() && depth < 20) {
      node.properties()
          .forEach(
              entry ->
                  walk(
                      path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                      entry.getValue(),
                      depth + 1));
    } else if (node.isArray() && depth < 20) {
      node.forEach(item -> walk(path, item, depth + 1));
    } else if (node.isTextual()) {
      property(path, node.asText());
    }
  }

  private void property(String key, String value) {
    Matcher placeholder = PLACEHOLDER.matcher(value);
    if (placeholder.find()) {
      add(variable(placeholder.group(1)), placeholder.group(2));
      return;
    }
    Matcher address = ADDRESS.matcher(value);
    if (address.lookingAt()) {
      add(variable(key), address.group(1));
    }
  }

  private void add(String variable, String address) {
    boolean web = address.startsWith("http://") || address.startsWith("https://");
    (web ? http : others).putIfAbsent(variable, address);
  }

  /**
   * The environment variable of a property, as Spring Boot binds it: dots become underscores,
   * dashes go.
   */
  private static String variable(String property) {
    return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
