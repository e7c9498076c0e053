package dev.codicil.amendment.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Differ;
import dev.codicil.amendment.Direction;
import dev.codicil.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reviewers read of each change; write it anew with {@code -Dcodicil.golden=write}. */
class RuleMessagesTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/codicil/amendment/rule/messages.txt");

  @Test
  void everyChangeOfEveryFixtureReadsAsInTheGoldenFile() throws IOException {
    StringBuilder told = new StringBuilder();
    for (Fixtures.OfShape fixture : Fixtures.shapes()) {
      for (Direction direction : List.of(Direction.REQUEST, Direction.REPLY)) {
        tell(told, fixture.rule(), fixture.before(direction), fixture.after(direction));
      }
    }
    for (Fixtures.OfContracts fixture : Fixtures.contracts()) {
      tell(told, fixture.rule(), fixture.before(), fixture.after());
    }
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, told);
    }
    assertThat(told.toString()).isEqualTo(Files.readString(GOLDEN));
  }

  private static void tell(
      StringBuilder told, String fixture, List<Contract> before, List<Contract> after) {
    told.append(fixture).append('\n');
    for (Change change : Differ.diff(before, after)) {
      told.append("  ").append(change.rule()).append(' ').append(change.severity());
      told.append("  ").append(change.operation()).append(' ').append(change.path()).append('\n');
      told.append("    ").append(change.message()).append('\n');
      told.append("    ").append(change.before()).append(" -> ").append(change.after());
      told.append('\n');
    }
  }
}
