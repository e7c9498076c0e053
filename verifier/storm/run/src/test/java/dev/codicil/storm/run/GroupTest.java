package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import dev.codicil.history.Event;
import dev.codicil.storm.run.Launch.StubLaunch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupTest {
  private static final int MANY = 30;

  @TempDir Path dir;

  @Test
  void groupsShareTheWorkAndObserveWhatOneObserves() throws Exception {
    Storm alone = stormy(dir.resolve("alone"));
    alone.run();
    Storm shared = stormy(dir.resolve("shared"));
    shared.concurrency = 2;
    shared.run();

    assertThat(shared.cells()).isEqualTo(alone.cells()).hasSize(4 * MANY);
    assertThat(injections(shared)).isEqualTo(injections(alone)).hasSize(2 * MANY);
    assertThat(shared.all(Event.SubjectStarted.class)).hasSize(4);
    assertThat(Files.readString(dir.resolve("shared/logs/base_2-svc.log")))
        .contains("I am base_2/base_2");
    assertThat(Files.readString(dir.resolve("shared/logs/base-svc.log")))
        .contains("I am base/base");
    Storm.assertNothingRuns(dir.resolve("shared"));
  }

  @Test
  void sixteenGroupsInjectExactlyWhatOneInjects() throws Exception {
    Storm alone = stubbed(dir.resolve("alone"));
    alone.run();
    Storm shared = stubbed(dir.resolve("shared"));
    shared.concurrency = 16;
    shared.run();

    assertThat(injections(shared)).isEqualTo(injections(alone)).hasSize(2 * 4 * MANY);
    assertThat(shared.cells()).isEqualTo(alone.cells());
  }

  @Test
  void aFurtherGroupThatDoesNotStartIsNotedAndTheFirstDoesItsWork() throws Exception {
    Storm storm = new Storm(dir).side("base").side("head", "single");
    for (int i = 0; i < MANY; i++) {
      storm.replay("get" + i, "GET /items/1");
    }
    storm.concurrency = 3;
    storm.run();

    assertThat(storm.cells()).hasSize(2 * MANY).allMatch(cell -> cell.endsWith("REPLIED 200"));
    assertThat(storm.all(Event.Noted.class))
        .extracting(Event.Noted::message)
        .anyMatch(
            note ->
                note.startsWith(
                    "group 2 of instances could not be started: svc: exited with code 3"));
    Storm.assertNothingRuns(dir);
  }

  private static Storm stormy(Path dir) {
    Storm storm = new Storm(dir).side("base").side("head");
    for (int i = 0; i < MANY; i++) {
      storm
          .replay("get" + i, "GET /items/1")
          .storm("broken" + i, "get" + i, "corrupt", Storm.PARTNER, Map.of());
    }
    return storm;
  }

  /** Both sides played by stubs, so that many groups cost no processes. */
  private static Storm stubbed(Path dir) {
    HttpReply reply =
        new HttpReply(
            200,
            Headers.of("content-type", "application/json"),
            Payload.of("{\"id\":1,\"name\":\"anvil\",\"weight\":12.5}"));
    StubLaunch stub = new StubLaunch(List.of(Storm.interaction("item", "GET", "/items/1", reply)));
    Storm storm = new Storm(dir).launch("base", stub).launch("head", stub);
    for (int i = 0; i < 4 * MANY; i++) {
      storm
          .replay("get" + i, "GET /items/1")
          .storm("broken" + i, "get" + i, "corrupt", Storm.CLIENT, Map.of());
    }
    return storm;
  }

  private static List<String> injections(Storm storm) {
    return storm.records().stream()
        .flatMap(
            record ->
                record.injections().stream()
                    .map(injection -> record.cell().label() + " " + injection))
        .sorted()
        .toList();
  }
}
