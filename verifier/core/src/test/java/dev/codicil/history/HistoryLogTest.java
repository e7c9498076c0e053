package dev.codicil.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.experiment.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryLogTest {
  private static final Event.Planned PLANNED =
      new Event.Planned(
          1,
          "name",
          new Plan(7, List.of(), List.of(), List.of(), List.of(), Map.of(), List.of(), List.of()),
          List.of(),
          new Ledger(List.of()),
          Map.of(),
          "replayed",
          List.of());
  private static final Event.Noted NOTED = new Event.Noted("Größe \u2028 <b>", null);

  @TempDir Path folder;

  @Test
  void aFileWithoutAWholeLineIsNoRunToGoOnWith() throws IOException {
    Path file = folder.resolve("killed.ndjson");
    assertThat(HistoryLog.isBegun(file)).isFalse();
    Files.writeString(file, "");
    assertThat(HistoryLog.isBegun(file)).isFalse();
    Files.writeString(file, "{\"n\":0,\"crc\":\"e68");
    assertThat(HistoryLog.isBegun(file)).isFalse();
    assertThat(HistoryLog.isBegun(write())).isTrue();
  }

  @Test
  void eventsComeBackAsTheyWereWritten() {
    Path file = write();

    assertThat(HistoryLog.read(file)).containsExactly(PLANNED, NOTED, new Event.Finished(5, 0));
    assertThat(HistoryLog.read(folder)).hasSize(3);
  }

  @Test
  void aRunKilledAtAnyByteKeepsItsWholeLinesAndGoesOn() throws IOException {
    Path file = write();
    byte[] whole = Files.readAllBytes(file);
    int firstLine = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    for (int length = firstLine; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int before = HistoryLog.read(file).size();
      try (HistoryLog log = HistoryLog.resume(file)) {
        log.append(NOTED);
      }
      List<Event> events = HistoryLog.read(file);
      assertThat(events).as("killed at byte %d", length).hasSize(before + 1).endsWith(NOTED);
    }
  }

  @Test
  void aDamagedLineInTheMiddleIsAnErrorAtThatLine() throws IOException {
    Path file = write();
    String text = Files.readString(file).replace("Größe", "Grösse");
    Files.writeString(file, text);

    assertThatThrownBy(() -> HistoryLog.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(":2:1")
        .hasMessageContaining("damaged");
  }

  @Test
  void aMissingHistoryIsSaidPlainly() {
    assertThatThrownBy(() -> HistoryLog.read(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no readable history");
  }

  private Path write() {
    Path file = folder.resolve(HistoryLog.FILE);
    try (HistoryLog log = HistoryLog.create(file)) {
      log.append(PLANNED);
      log.append(NOTED);
      log.append(new Event.Finished(5, 0));
    }
    return file;
  }
}
