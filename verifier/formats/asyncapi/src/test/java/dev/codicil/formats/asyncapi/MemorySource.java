package dev.codicil.formats.asyncapi;

import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that a test holds in memory, and which of them were read. */
record MemorySource(TreeMap<String, String> content) implements Source {
  static MemorySource of(String file, String text) {
    return new MemorySource(new TreeMap<>(Map.of(file, text)));
  }

  static MemorySource fixtures() {
    TreeMap<String, String> files = new TreeMap<>();
    for (String file :
        List.of(
            "events-2.yaml",
            "events-3.yaml",
            "requests-3.yaml",
            "schemas/license.yaml",
            "messages.yaml")) {
      files.put(file, resource("/asyncapi/" + file));
    }
    return new MemorySource(files);
  }

  static String resource(String path) {
    try (InputStream in = MemorySource.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  MemorySource with(String file, String text) {
    TreeMap<String, String> files = new TreeMap<>(content);
    files.put(file, text);
    return new MemorySource(files);
  }

  SourceDocument document(String file) {
    return DocumentReader.read(file, read(file));
  }

  ContractFormat.Reading reading(String file) {
    return new AsyncApiFormat().read(document(file), this);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<String> files() {
    return List.copyOf(content.keySet());
  }

  @Override
  public byte[] read(String path) {
    String text = content.get(path);
    if (text == null) {
      throw new InputException(Location.of(path), "there is no such file", "");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
