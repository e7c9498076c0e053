package dev.codicil.formats.pact;

import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

final class Fixtures {
  private static final Source NOTHING =
      new Source() {
        @Override
        public String name() {
          return "nothing";
        }

        @Override
        public List<String> files() {
          return List.of();
        }

        @Override
        public byte[] read(String path) {
          throw new AssertionError("a pact refers to no other file");
        }
      };

  private Fixtures() {}

  static List<String> names() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/pacts")).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static SourceDocument document(String name) {
    try {
      return DocumentReader.read("pacts/" + name, Files.readAllBytes(folder().resolve(name)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static SourceDocument parse(String json) {
    return DocumentReader.read("pact.json", json.getBytes(StandardCharsets.UTF_8));
  }

  static Reading read(SourceDocument document) {
    return new PactFormat().read(document, NOTHING);
  }

  static Reading fixture(String name) {
    return read(document(name));
  }

  /** A pact around the text of some interactions. */
  static Reading pact(String version, String... interactions) {
    return read(parse(text(version, interactions)));
  }

  static String text(String version, String... interactions) {
    return """
        {"consumer": {"name": "c"}, "provider": {"name": "p"},
        "interactions": [%s],
        "metadata": {"pactSpecification": {"version": "%s"}}}"""
        .formatted(String.join(",\n", interactions), version);
  }

  /** One version 3 interaction that answers GET /x with this response. */
  static HttpInteraction answering(String response) {
    Reading reading =
        pact(
            "3.0.0",
            """
            {"description": "d", "request": {"method": "GET", "path": "/x"}, "response": %s}"""
                .formatted(response));
    return reading.contract().http().get(0);
  }
}
