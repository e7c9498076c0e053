package dev.codicil.engine.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.history.CellRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of what was observed, by the hash of all it depends on. An entry is its checksum on a
 * line, then JSON; one that is torn or changed is passed over and counted, never believed.
 */
final class CellCache {
  private static final int SCHEMA = 1;
  private static final int SECRET_BYTES = 32;
  private static final String SECRET = "key";
  private static final String ENDING = ".json";

  private final Path folder;
  private final byte[] secret;
  private int damaged;

  /**
   * What is kept under one key.
   *
   * @param schema version of the format
   * @param key under which it is kept
   * @param records all attempts of one cell, as recorded; empty for a cause
   * @param cause the smallest cause of an experiment; null for a cell
   */
  record Entry(
      int schema,
      String key,
      List<CellRecord> records,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SmallestCause cause) {
    static Entry of(String key, List<CellRecord> records, @Nullable SmallestCause cause) {
      return new Entry(SCHEMA, key, records, cause);
    }
  }

  private CellCache(Path folder, byte[] secret) {
    this.folder = folder;
    this.secret = secret;
  }

  /**
   * Opens a cache; makes it when it is not there yet.
   *
   * @throws InputException when the folder cannot be used
   */
  static CellCache open(Path folder) {
    try {
      Files.createDirectories(folder);
      if (!Files.exists(folder.resolve(".gitignore"))) {
        Files.writeString(folder.resolve(".gitignore"), "*\n");
      }
      Path file = folder.resolve(SECRET);
      if (!Files.exists(file) || Files.size(file) != SECRET_BYTES) {
        byte[] fresh = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(fresh);
        write(file, fresh);
      }
      return new CellCache(folder, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(
          Location.of(folder.toString()),
          "the cache of cells cannot be used: " + e.getMessage(),
          "name another folder with --cache, or run with --no-cache");
    }
  }

  /** The secret of this cache's keys. */
  byte[] secret() {
    return secret.clone();
  }

  /** How many entries were passed over because they are damaged. */
  int damaged() {
    return damaged;
  }

  /** What is kept under a key. */
  Optional<Entry> find(String key) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file(key));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      damaged++;
      return Optional.empty();
    }
    try {
      String text = new String(bytes, StandardCharsets.UTF_8);
      int line = text.indexOf('\n');
      String content = text.substring(line + 1);
      if (line >= 0 && text.substring(0, line).equals(sum(content))) {
        Entry entry = Json.mapper().readValue(content, Entry.class);
        if (entry.schema() == SCHEMA && entry.key().equals(key)) {
          return Optional.of(entry);
        }
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      // counted below
    }
    damaged++;
    return Optional.empty();
  }

  /** Keeps an entry, whole or not at all. */
  void keep(Entry entry) throws IOException {
    String content = Json.mapper().writeValueAsString(entry);
    Path file = file(entry.key());
    Files.createDirectories(file.getParent());
    write(file, (sum(content) + "\n" + content).getBytes(StandardCharsets.UTF_8));
  }

  /** Lets the oldest entries go when there are more than fit. */
  void prune(int most) throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.walk(folder)) {
      entries = all.filter(file -> file.toString().endsWith(ENDING)).toList();
    }
    if (entries.size() <= most) {
      return;
    }
    Map<Path, FileTime> written = new HashMap<>();
    for (Path entry : entries) {
      written.put(entry, Files.getLastModifiedTime(entry));
    }
    List<Path> oldestFirst =
        written.entrySet().stream()
            .sorted(
                Map.Entry.<Path, FileTime>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    for (Path entry : oldestFirst.subList(0, entries.size() - most)) {
      Files.deleteIfExists(entry);
    }
  }

  private static String sum(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "part", ".tmp");
    Files.write(part, bytes);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path file(String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key.substring(2) + ENDING);
  }
}
