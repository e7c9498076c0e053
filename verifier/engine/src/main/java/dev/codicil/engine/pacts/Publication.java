package dev.codicil.engine.pacts;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.ReportFolder;
import dev.codicil.engine.config.BrokerDeclaration.Access;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.pactbroker.BrokerAddress;
import dev.codicil.pactbroker.PactBrokerClient;
import dev.codicil.pactbroker.VerificationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Publishes results, each once: what was taken is written down beside the verdict, and what the
 * broker has already as the latest result of a pact is not sent again.
 */
public final class Publication {
  private static final String ADVICE = "name another folder with --out";

  private final BrokerCalls broker;
  private final Path receipts;
  private final Consumer<String> told;

  /**
   * @param broker the declared one
   * @param out folder of the run
   * @param told one line for each pact
   */
  public Publication(BrokerCalls broker, Path out, Consumer<String> told) {
    this.broker = broker;
    this.receipts = BrokerRecord.receipts(out);
    this.told = told;
  }

  /**
   * Publishes what is known, and tells of the rest.
   *
   * @param at broker of the run, which must be the declared one: it gets the declared credentials
   * @return how many pacts have their result at the broker now
   * @throws InputException when a result could not be published; those before it are
   */
  public int publish(BrokerRecord at, List<Results.Result> results, Results.Version version) {
    Access access = broker.access(Location.of("codicil.yaml"));
    BrokerAddress address = broker.address(access);
    if (!address.base().toString().equals(at.broker())) {
      throw new InputException(
          access.location(),
          "the pacts of this run are of another broker, " + at.broker(),
          "run codicil verify again");
    }
    Set<String> published = receipts();
    int[] there = {0};
    broker.with(
        access,
        address,
        client -> {
          Set<String> placed = new TreeSet<>();
          for (Results.Result one : results) {
            VerificationResult result = one.result();
            String name = one.pact().shown();
            if (result == null) {
              told.accept("not published: " + name + ": " + one.why());
              continue;
            }
            String outcome = result.success() ? "success" : "failure";
            String receipt =
                Fingerprints.of(String.valueOf(one.pact().publication()), result.body().toString());
            if (published.contains(receipt)) {
              told.accept("published before: " + name + ": " + outcome);
              there[0]++;
              continue;
            }
            String branch = version.branch();
            if (branch != null && placed.add(one.pact().provider())) {
              client.putOnBranch(one.pact().provider(), version.provider(), branch);
            }
            PactBrokerClient.Publication done =
                client.publish(
                    one.pact().address(), Objects.requireNonNull(one.pact().publication()), result);
            published.add(receipt);
            keep(published);
            there[0]++;
            told.accept(
                (done == PactBrokerClient.Publication.PUBLISHED ? "published: " : "there already: ")
                    + name
                    + ": "
                    + outcome);
          }
        });
    return there[0];
  }

  private Set<String> receipts() {
    try {
      return Files.isRegularFile(receipts)
          ? new TreeSet<>(Files.readAllLines(receipts))
          : new TreeSet<>();
    } catch (IOException e) {
      throw new InputException(
          Location.of(receipts.toString()), "cannot be read: " + e.getMessage(), "remove it");
    }
  }

  private void keep(Set<String> published) {
    ReportFolder.write(receipts, String.join("\n", published) + "\n", ADVICE);
  }
}
