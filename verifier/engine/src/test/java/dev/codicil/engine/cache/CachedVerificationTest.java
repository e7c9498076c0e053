package dev.codicil.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.InputException;
import dev.codicil.engine.Options;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import dev.codicil.storm.run.RunListener;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a real service again and again, and looks at what is started. */
class CachedVerificationTest {
  private static final String SECRET = "hunter2-hunter2";

  @TempDir Path dir;

  @BeforeEach
  void project() throws IOException {
    write(
        "contracts/openapi/svc.yaml",
        """
        openapi: 3.0.3
        info: { title: svc, version: "1" }
        paths:
          /items/1:
            get:
              responses:
                "200":
                  description: an item
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [id, name]
                        properties: { id: { type: integer }, name: { type: string } }
        """);
    write(
        "chaos-profiles/twice.yaml",
        """
        version: 1
        name: twice
        faults:
          - fault: duplicate
            on: consumer
        """);
    write(
        "contracts/amendments/renamed/amendment.yaml",
        """
        version: 1
        title: Another setting
        sides: { head: { subjects: { svc: { env: { SETTING: new } } } } }
        """);
    configure("java -cp svc.jar " + SmallService.class.getName() + " {port}");
    jar("");
  }

  private void configure(String command) throws IOException {
    write(
        "codicil.yaml",
        """
        version: 1
        contracts: contracts/
        subjects:
          svc:
            command: COMMAND
            env: { TOKEN: "${TOKEN}" }
            ready: GET /items/1
        profiles: [twice]
        """
            .replace("COMMAND", command));
  }

  private void jar(String comment) throws IOException {
    String name = SmallService.class.getName().replace('.', '/');
    try (OutputStream file = Files.newOutputStream(dir.resolve("svc.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.setComment(comment);
      for (String one : List.of(name, name + "$1")) {
        try (InputStream type =
            SmallService.class.getClassLoader().getResourceAsStream(one + ".class")) {
          if (type != null) {
            jar.putNextEntry(new JarEntry(one + ".class"));
            type.transferTo(jar);
          }
        }
      }
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = dir.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.writeString(path, text);
  }

  private Path cache() {
    return dir.resolve("cells");
  }

  /** What one verification did. */
  private record Done(AmendmentVerdict verdict, List<Event> events) {
    TreeSet<String> started() {
      TreeSet<String> columns = new TreeSet<>();
      events.forEach(
          event -> {
            if (event instanceof Event.SubjectStarted started) {
              columns.add(started.column());
            }
          });
      return columns;
    }

    List<CellRecord> records() {
      return events.stream()
          .filter(Event.CellRun.class::isInstance)
          .map(event -> ((Event.CellRun) event).record())
          .sorted(
              java.util.Comparator.comparing((CellRecord r) -> r.cell().label())
                  .thenComparingInt(CellRecord::attempt))
          .toList();
    }

    int cached() {
      return verdict.coverage().cellsCached();
    }
  }

  private Done verify() throws InterruptedException {
    return verify(Options.defaults(dir.resolve("out")).caching(cache()));
  }

  private Done verify(Options options) throws InterruptedException {
    Verification verification =
        new Verification(ProjectReader.read(dir), Map.of("TOKEN", SECRET)::get, RunListener.SILENT);
    AmendmentVerdict verdict = verification.verify(verification.amendments(null).get(0), options);
    return new Done(verdict, HistoryLog.read(options.history("renamed")));
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> all = Files.walk(cache())) {
      return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void whatIsUnchangedIsNotRunAgainAndGetsTheSameVerdict() throws Exception {
    Done first = verify();
    assertThat(first.verdict().verdict()).isEqualTo(Verdict.PASS);
    assertThat(first.started()).containsExactly("base", "head");
    assertThat(first.cached()).isZero();

    Done second = verify();
    assertThat(second.started()).isEmpty();
    assertThat(second.records()).isEqualTo(first.records());
    assertThat(second.cached()).isEqualTo(second.verdict().coverage().cellsRun()).isPositive();
    assertThat(second.verdict().verdict()).isEqualTo(Verdict.PASS);
    assertThat(second.verdict().findings()).isEqualTo(first.verdict().findings());

    // The amended side alone is another one.
    write(
        "contracts/amendments/renamed/amendment.yaml",
        """
        version: 1
        title: Another setting
        sides: { head: { subjects: { svc: { env: { SETTING: newer } } } } }
        """);
    assertThat(verify().started()).containsExactly("head");

    // So is the amended contract: what the base promises is as it was.
    write(
        "contracts/amendments/renamed/openapi/svc.yaml",
        Files.readString(dir.resolve("contracts/openapi/svc.yaml")).replace("an item", "one item"));
    write(
        "contracts/amendments/renamed/amendment.yaml",
        """
        version: 1
        title: Another description
        sides: { head: { contracts: . } }
        """);
    assertThat(verify().started()).doesNotContain("base");

    jar("built anew");
    assertThat(verify().started()).containsExactly("base", "head");
    assertThat(verify(Options.defaults(dir.resolve("out"))).cached()).isZero();
  }

  @Test
  void aDamagedEntryIsRunAgainAndTold() throws Exception {
    verify();
    Path entry = entries().get(0);
    Files.writeString(entry, Files.readString(entry).replace("\"status\":200", "\"status\":500"));
    Files.writeString(entries().get(1), "");

    Done again = verify();
    assertThat(again.verdict().verdict()).isEqualTo(Verdict.PASS);
    assertThat(again.started()).isNotEmpty();
    assertThat(again.verdict().coverage().notes())
        .contains("2 entries of the cache are damaged; their cells are run again");
    assertThat(verify().started()).isEmpty();
  }

  @Test
  void noSecretIsInTheCacheAndAnotherSecretIsAnotherInput() throws Exception {
    verify();
    try (Stream<Path> all = Files.walk(cache())) {
      assertThat(all.filter(Files::isRegularFile))
          .allSatisfy(file -> assertThat(text(file)).doesNotContain(SECRET));
    }
    Options options = Options.defaults(dir.resolve("out")).caching(cache());
    Verification other =
        new Verification(
            ProjectReader.read(dir), Map.of("TOKEN", "another-one")::get, RunListener.SILENT);
    assertThat(other.verify(other.amendments(null).get(0), options).coverage().cellsCached())
        .isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whoseBuildCannotBeToldIsNotCachedAndThatIsSaid() throws Exception {
    Files.createDirectories(dir.resolve("classes"));
    Files.copy(dir.resolve("svc.jar"), dir.resolve("classes/svc.zip"));
    configure("java -cp classes/svc.zip " + SmallService.class.getName() + " {port}");
    verify();

    Done again = verify();
    assertThat(again.cached()).isZero();
    assertThat(again.verdict().coverage().notes())
        .contains(
            "cells of svc are run each time, not cached: it has no build that can be told from"
                + " another: no jar in its command, no 'sources'");
  }

  @Test
  void aCacheThatCannotBeIsALocatedError() throws Exception {
    write("cells", "a file");
    assertThatThrownBy(this::verify)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the cache of cells cannot be used");
  }
}
