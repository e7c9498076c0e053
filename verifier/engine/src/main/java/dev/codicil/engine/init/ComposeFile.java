package dev.codicil.engine.init;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Docker Compose file tells: which services there are, and by which variable one calls
 * another.
 */
final class ComposeFile {
  private static final Set<String> NAMES =
      Set.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");
  private static final Pattern HOST = Pattern.compile("([a-z][a-z:+]{1,30})://([\\w.\\-]{1,100})");

  /** A service of the file: folder it is built from, empty for none, and its environment. */
  record Entry(String name, String folder, Map<String, String> env) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Reads the Compose files in the root of a repository. */
  static ComposeFile in(RepositoryFiles files) {
    ComposeFile all = new ComposeFile();
    for (String file : files.files()) {
      if (NAMES.contains(file)) {
        JsonNode root = Trees.of(file, files.text(file).orElse(""));
        root.path("services")
            .properties()
            .forEach(entry -> all.add(entry.getKey(), entry.getValue()));
      }
    }
    return all;
  }

  private void add(String name, JsonNode service) {
    JsonNode build = service.path("build");
    String context = build.isTextual() ? build.asText() : build.path("context").asText();
    String folder = context.replaceFirst("^\\./", "").replaceFirst("/$", "");
    Map<String, String> env = new TreeMap<>();
    JsonNode declared = service.path("environment");
    declared.properties().forEach(entry -> env.put(entry.getKey(), entry.getValue().asText()));
    if (declared.isArray()) {
      declared.forEach(
          item -> {
            int equals = item.asText().indexOf('=');
            if (equals > 0) {
              env.put(item.asText().substring(0, equals), item.asText().substring(equals + 1));
            }
          });
    }
    entries.put(name, new Entry(name, folder.equals(".") ? "" : folder, env));
  }

  /** Whether a folder is built by one of the services, with its name. */
  List<Entry> builtFrom(String folder) {
    return entries.values().stream().filter(entry -> entry.folder().equals(folder)).toList();
  }

  /** Services that are built from a folder that nobody else recognized. */
  List<Entry> unknown(Set<String> known) {
    return entries.values().stream()
        .filter(entry -> !entry.folder().isEmpty() && !known.contains(entry.folder()))
        .toList();
  }

  /** Variables of a service that hold the HTTP address of another service of the file. */
  Map<String, String> calls(Entry entry) {
    Map<String, String> calls = new TreeMap<>();
    entry
        .env()
        .forEach(
            (key, value) -> {
              Matcher host = HOST.matcher(value);
              if (host.lookingAt()
                  && host.group(1).startsWith("http")
                  && entries.containsKey(host.group(2))) {
                calls.put(key, value);
              }
            });
    return calls;
  }

  /** All names. */
  List<String> names() {
    return new ArrayList<>(entries.keySet());
  }
}
