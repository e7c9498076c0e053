package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer that is not written in Java, of which nobody has written down what it answers. */
class NodeConsumerIT {
  private static final File PORTAL = CodicilProcess.ROOT.resolve("sample-services/portal").toFile();

  @TempDir Path folder;

  @Test
  void aNodeServiceIsHeldToWhatItAnswersBefore() throws Exception {
    assumeTrue(installed(), "skipped: no Node.js and npm with its registry");

    CodicilProcess.Result result =
        CodicilProcess.run(
            folder,
            "verify",
            "--project",
            PORTAL.getPath(),
            "--expect",
            "--out",
            folder.resolve("report").toString());

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out().replaceAll("\\s+", " ")) // lines are broken where the terminal ends
        .contains("BROKEN portal -> portal: shows-a-license")
        .contains("status: expected 200, as the base in calm, was 502")
        .contains("amended-reply(pointer=/seats, rule=field-became-optional)")
        .contains("drop-field (2)")
        .contains("before HELD/CORRUPTED -> after HELD/CORRUPTED")
        .contains("Expectations: all 3 amendments are as declared.");
  }

  private boolean installed() throws InterruptedException {
    try {
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "ci",
                  "--no-audit",
                  "--no-fund",
                  "--fetch-retries=1",
                  "--fetch-timeout=15000") // without a registry this is skipped, and soon
              .directory(PORTAL)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("npm.txt").toFile())
              .start();
      if (npm.waitFor(90, TimeUnit.SECONDS)) {
        return npm.exitValue() == 0;
      }
      npm.destroy();
      return false;
    } catch (IOException absent) {
      return false;
    }
  }
}
