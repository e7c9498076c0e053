package dev.codicil.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellCacheTest {
  private static final String ONE = "00" + "a".repeat(62);
  private static final String TWO = "00" + "b".repeat(62);

  @TempDir Path dir;

  private Path file(String key) {
    return dir.resolve(key.substring(0, 2)).resolve(key.substring(2) + ".json");
  }

  @Test
  void theOldestEntriesGoFirst() throws Exception {
    CellCache cache = CellCache.open(dir);
    cache.keep(CellCache.Entry.of(ONE, List.of(), null));
    cache.keep(CellCache.Entry.of(TWO, List.of(), null));
    Files.setLastModifiedTime(file(TWO), FileTime.from(Instant.EPOCH));

    cache.prune(2);
    assertThat(cache.find(TWO)).isPresent();
    cache.prune(1);
    assertThat(cache.find(TWO)).isEmpty();
    assertThat(cache.find(ONE)).isPresent();
    assertThat(cache.damaged()).isZero();
  }

  @Test
  void anEntryUnderAnotherKeyIsDamaged() throws Exception {
    CellCache cache = CellCache.open(dir);
    cache.keep(CellCache.Entry.of(ONE, List.of(), null));
    Files.move(file(ONE), file(TWO));

    assertThat(cache.find(TWO)).isEmpty();
    assertThat(cache.damaged()).isEqualTo(1);
  }

  @Test
  void theSecretOfItsKeysStays() throws IOException {
    byte[] secret = CellCache.open(dir).secret();
    assertThat(CellCache.open(dir).secret()).isEqualTo(secret).hasSize(32);
    assertThat(Digest.keyed(secret, List.of("ab", "c")))
        .isNotEqualTo(Digest.keyed(secret, List.of("a", "bc")));
    try (Stream<Path> all = Files.list(dir)) {
      assertThat(all.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(".gitignore", "key");
    }
  }
}
