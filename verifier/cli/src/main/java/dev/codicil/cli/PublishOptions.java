package dev.codicil.cli;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.Verification;
import dev.codicil.engine.pacts.BrokerRecord;
import dev.codicil.engine.pacts.Publication;
import dev.codicil.engine.pacts.Results;
import dev.codicil.verdict.AmendmentVerdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which version of the provider results are published for; names are those of Pact's own tools. */
final class PublishOptions {
  @Option(
      names = {"--provider-version", "--provider-app-version"},
      paramLabel = "VERSION",
      description = "Version of the provider that was verified: its commit, as a rule.")
  @Nullable String version;

  @Option(
      names = {"--branch", "--provider-branch", "--provider-version-branch"},
      paramLabel = "BRANCH",
      description = "Branch of that version, by which the broker tells what is pending.")
  @Nullable String branch;

  @Option(
      names = "--build-url",
      paramLabel = "URL",
      description = "Where the build is to be seen; published with the results.")
  @Nullable String buildUrl;

  @SuppressWarnings("NullAway.Init") // picocli fills in the fields
  PublishOptions() {}

  /**
   * The version.
   *
   * @throws UsageException when it is not named
   */
  Results.Version version() {
    String named = version;
    if (named == null || named.isBlank()) {
      throw new UsageException("--provider-version: results are published for a version; name it");
    }
    return new Results.Version(named.strip(), branch, buildUrl, Main.version());
  }

  /** The verification of a provider on that branch. */
  Verification on(Verification verification) {
    return branch == null ? verification : verification.onBranch(branch);
  }

  /**
   * Publishes what a verdict says.
   *
   * @param out folder of the run
   * @throws InputException when the run has read no pact of a broker, or a result could not be
   *     published
   */
  void publish(Verification verification, Path out, AmendmentVerdict verdict, PrintWriter print) {
    Optional<BrokerRecord> read = BrokerRecord.read(out, verdict.name());
    if (read.isEmpty()) {
      throw new InputException(
          Location.of(out.toString()),
          "this run has read no pact of a broker, so there is nowhere to publish results",
          "name a broker under contracts in codicil.yaml, and run codicil verify");
    }
    List<Results.Result> results = Results.of(verdict, read.get(), version());
    int there =
        new Publication(
                verification.broker(), out, line -> print.println("Broker: " + Main.plain(line)))
            .publish(read.get(), results, version());
    print.println(
        "Broker: "
            + there
            + " of "
            + results.size()
            + (results.size() == 1 ? " pact has its result" : " pacts have their results")
            + " for "
            + Main.plain(String.valueOf(version)));
    print.flush();
  }
}
