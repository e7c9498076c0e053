package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.Durations;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import dev.codicil.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the amendments folder: a folder each, with an {@code amendment.yaml}. */
public final class AmendmentReader {
  /** The file's name. */
  public static final String FILE = "amendment.yaml";

  private static final String SCHEMA = "/dev/codicil/engine/amendment.schema.json";

  private AmendmentReader() {}

  /** The folder that holds amendments of a project. */
  public static Path folder(Project project) {
    return project.root().resolve(project.contracts()).resolve("amendments");
  }

  /** All amendments of a project, by folder name; none when there is no such folder. */
  public static List<AmendmentSpec> readAll(Project project) {
    Path folder = folder(project);
    return Files.isDirectory(folder) ? readAll(project, folder.toAbsolutePath()) : List.of();
  }

  /**
   * All amendments of a folder inside the project, by folder name.
   *
   * @throws InputException when there is no such folder inside the project, or one of them is
   *     unreadable
   */
  public static List<AmendmentSpec> readAll(Project project, Path given) {
    Path root = project.root().toAbsolutePath().normalize();
    Path folder = root.resolve(given).normalize();
    if (!folder.startsWith(root) || !Files.isDirectory(folder)) {
      throw new InputException(
          Location.of(given.toString()),
          "no folder of amendments inside the project",
          "name one below " + Project.FILE);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<AmendmentSpec> specs = new ArrayList<>();
      for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
        specs.add(read(project, entry));
      }
      return specs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AmendmentSpec read(Project project, Path folder) {
    String name = String.valueOf(folder.getFileName());
    Path root = project.root().toAbsolutePath().normalize();
    String file =
        root.relativize(folder.resolve(FILE).toAbsolutePath().normalize())
            .toString()
            .replace('\\', '/');
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(folder.resolve(FILE));
    } catch (IOException e) {
      throw new InputException(
          Location.of(file),
          "the amendment has no readable " + FILE,
          "write one, or remove the folder");
    }
    return read(project, name, file, bytes);
  }

  static AmendmentSpec read(Project project, String name, String file, byte[] bytes) {
    SourceDocument document = ConfigDocument.read(file, bytes, SCHEMA);
    JsonNode node = document.root();
    String folder = file.substring(0, Math.max(0, file.lastIndexOf('/')));
    return new AmendmentSpec(
        name,
        node.path("title").asText(),
        side(project, document, "base", folder),
        side(project, document, "head", folder),
        nodes(project, document),
        node.has("profiles") ? texts(node.path("profiles")) : null,
        expect(node.path("expect")));
  }

  private static AmendmentSpec.Side side(
      Project project, SourceDocument document, String side, String folder) {
    JsonNode node = document.root().path("sides").path(side);
    String pointer = "/sides/" + side;
    String overlay =
        node.has("contracts")
            ? ConfigDocument.inside(
                document, pointer + "/contracts", folder, node.path("contracts").asText())
            : null;
    Map<String, Map<String, String>> env = new LinkedHashMap<>();
    Map<String, String> artifacts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("subjects").properties()) {
      String at = SourceDocument.child(pointer + "/subjects", entry.getKey());
      requireSubject(project, document, at, entry);
      Map<String, String> values = new LinkedHashMap<>();
      entry
          .getValue()
          .path("env")
          .properties()
          .forEach(variable -> values.put(variable.getKey(), variable.getValue().asText()));
      env.put(entry.getKey(), values);
      if (entry.getValue().has("image")) {
        requireImage(project, document, at, entry.getKey());
        artifacts.put(entry.getKey(), entry.getValue().path("image").asText());
      }
      if (entry.getValue().has("artifact")) {
        if (project.images().containsKey(entry.getKey())) {
          throw new InputException(
              document.locate(at + "/artifact"),
              "'" + entry.getKey() + "' runs in a container, which has no artifact",
              "name its 'image'");
        }
        String artifact = entry.getValue().path("artifact").asText();
        artifacts.put(
            entry.getKey(), ConfigDocument.inside(document, at + "/artifact", "", artifact));
      }
    }
    return new AmendmentSpec.Side(
        node.path("revision").asText(null), null, overlay, env, artifacts);
  }

  private static void requireImage(
      Project project, SourceDocument document, String at, String subject) {
    if (!project.images().containsKey(subject)) {
      throw new InputException(
          document.locate(at + "/image"),
          "'" + subject + "' has no image in " + Project.FILE,
          "give it one there, or name an 'artifact' here");
    }
  }

  private static Map<String, Integer> nodes(Project project, SourceDocument document) {
    Map<String, Integer> nodes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : document.root().path("subjects").properties()) {
      requireSubject(project, document, SourceDocument.child("/subjects", entry.getKey()), entry);
      if (entry.getValue().has("nodes")) {
        nodes.put(entry.getKey(), entry.getValue().path("nodes").asInt());
      }
    }
    return nodes;
  }

  private static void requireSubject(
      Project project, SourceDocument document, String at, Map.Entry<String, JsonNode> entry) {
    if (!project.subjects().containsKey(entry.getKey())) {
      throw new InputException(
          document.locate(at),
          "'" + entry.getKey() + "' is no subject of " + Project.FILE,
          "subjects are " + project.subjects().keySet());
    }
  }

  private static AmendmentSpec.@Nullable Expect expect(JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    List<AmendmentSpec.ExpectedFinding> findings = new ArrayList<>();
    for (JsonNode finding : node.path("findings")) {
      findings.add(
          new AmendmentSpec.ExpectedFinding(
              finding.path("kind").asText(),
              finding.path("consumer").asText(),
              finding.path("interaction").asText(),
              finding.has("faults") ? texts(finding.path("faults")) : null,
              finding.has("failsFrom")
                  ? Durations.parse(finding.path("failsFrom").asText())
                  : null));
    }
    return new AmendmentSpec.Expect(
        Verdict.valueOf(node.path("verdict").asText().toUpperCase(Locale.ROOT)), findings);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
