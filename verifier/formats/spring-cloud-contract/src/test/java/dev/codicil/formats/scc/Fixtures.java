package dev.codicil.formats.scc;

import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

final class Fixtures {
  static final String FOLDER = "contracts/scc/licenses/shop/";
  static final String FILE = FOLDER + "a.yaml";

  private Fixtures() {}

  /** Files in memory. */
  record Texts(String name, Map<String, String> texts) implements Source {
    @Override
    public List<String> files() {
      return List.copyOf(new TreeMap<>(texts).keySet());
    }

    @Override
    public byte[] read(String path) {
      String text = texts.get(path);
      if (text == null) {
        throw new InputException(Location.of(path), "no such file", "");
      }
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  static Path root() {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/contracts/scc")).toURI())
          .resolve("../..")
          .normalize();
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The contract files among the test's resources. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(root().resolve(FOLDER))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static SourceDocument document(String name) {
    return DocumentReader.readAll(FOLDER + name, onDisk().read(FOLDER + name));
  }

  static Reading fixture(String name) {
    return new SccFormat().read(document(name), onDisk());
  }

  private static Source onDisk() {
    return new Source() {
      @Override
      public String name() {
        return "resources";
      }

      @Override
      public List<String> files() {
        return List.of();
      }

      @Override
      public byte[] read(String path) {
        try {
          return Files.readAllBytes(root().resolve(path));
        } catch (IOException unreadable) {
          throw new InputException(Location.of(path), "no such file", "");
        }
      }
    };
  }

  static Reading read(String text) {
    return read(new Texts("here", Map.of(FILE, text)), FILE);
  }

  static Reading read(Source source, String file) {
    SourceDocument document = DocumentReader.readAll(file, source.read(file));
    return new SccFormat().read(document, source);
  }

  /** A contract that answers GET /x with this response, given as the lines below the key. */
  static HttpInteraction answering(String response) {
    Reading reading =
        read("request: { method: GET, url: /x }\nresponse:\n" + response.indent(2).stripTrailing());
    if (!reading.problems().isEmpty()) {
      throw new AssertionError(reading.problems());
    }
    return reading.contract().http().get(0);
  }
}
