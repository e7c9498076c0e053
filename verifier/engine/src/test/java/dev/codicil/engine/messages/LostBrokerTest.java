package dev.codicil.engine.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.engine.messages.EventProject.Done;
import dev.codicil.history.CellRecord;
import dev.codicil.history.PublishedRecord;
import dev.codicil.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be known about messages is said, and never taken for good. */
@Tag("scheduled")
class LostBrokerTest {
  private static final String MAIN = "dev.codicil.storm.kafka.broker.BrokerProcess";

  @TempDir Path dir;

  /** The brokers that this process has started. */
  private static Stream<ProcessHandle> brokers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(MAIN));
  }

  @Test
  @Timeout(240)
  void aBrokerThatIsKilledInTheRunLeavesItsCellsUnknownAndNothingRunning() throws Exception {
    long before = brokers().count();
    EventProject project = new EventProject(dir);
    project.afterFirstCell(() -> brokers().forEach(ProcessHandle::destroyForcibly));

    Done done = project.verify("");

    assertThat(done.verdict().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(done.why()).anySatisfy(why -> assertThat(why).contains("of the broker at"));
    List<CellRecord> blind =
        done.records().stream()
            .filter(
                record ->
                    Optional.ofNullable(record.published())
                        .map(PublishedRecord::problem)
                        .isPresent())
            .toList();
    assertThat(blind).isNotEmpty();
    assertThat(brokers().count()).isEqualTo(before);
    assertThat(ProcessHandle.current().children())
        .noneMatch(
            child -> child.info().commandLine().orElse("").contains(EventService.class.getName()));
  }

  @Test
  @Timeout(240)
  void aConsumerThatIgnoresTheInjectedBrokerIsNotCompatible() throws Exception {
    EventProject project = new EventProject(dir).listening();

    Done done = project.verify("");

    assertThat(done.verdict().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(done.why())
        .anySatisfy(
            why ->
                assertThat(why)
                    .contains("no member of the group")
                    .contains("does shop take {broker...}"));
  }

  @Test
  @Timeout(240)
  void aSchemaThatIsNotReadHoldsNothing() throws Exception {
    EventProject project = new EventProject(dir).avro();

    Done done = project.verify("");

    assertThat(done.verdict().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(done.why())
        .anySatisfy(why -> assertThat(why).contains("in a language that is not read"));
  }
}
