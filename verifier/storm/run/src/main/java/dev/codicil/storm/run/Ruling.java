package dev.codicil.storm.run;

import dev.codicil.contract.Expectation;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Scenario;
import dev.codicil.history.CellRecord;
import dev.codicil.storm.proxy.CallResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What expectation or probe say about what really came, before anything is redacted.
 *
 * @param mismatches of an interaction; empty for a probe
 * @param declaredError whether the reply is an error that is declared
 * @param answer which declared answer a probe got; null for an interaction
 * @param problem why nothing can be said; null when something can
 */
record Ruling(
    List<Mismatch> mismatches,
    boolean declaredError,
    @Nullable String answer,
    @Nullable String problem) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Asks; what does not answer in time is left behind. */
  static Ruling of(Sent sent) throws InterruptedException {
    Scenario scenario = sent.scenario();
    HttpReply reply = sent.reply();
    if (sent.result().ended() == CallResult.Ended.REFUSED) {
      return new Ruling(List.of(), false, null, "not sent: " + sent.result().detail());
    }
    if (scenario.probe() != null) {
      String answer = reply == null ? "none" : Answers.classify(scenario.probe(), reply);
      boolean clean = reply != null && Answers.cleanError(reply);
      boolean refused = answer.equals(CellRecord.UNDECLARED) ? clean : answer.equals("refused");
      return new Ruling(List.of(), refused, answer, null);
    }
    if (reply == null || scenario.expectation() == null) {
      return new Ruling(List.of(), false, null, null);
    }
    Expectation expectation = scenario.expectation();
    try {
      return BoundedCall.within(LIMIT, () -> of(expectation, scenario.request(), reply));
    } catch (ExecutionException e) {
      return undecided(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return undecided("no end after " + LIMIT.toSeconds() + " s");
    }
  }

  private static Ruling of(Expectation expectation, HttpRequest request, HttpReply reply) {
    return new Ruling(
        expectation.check(request, reply),
        reply.status() >= 400 && expectation.declaresError(request, reply),
        null,
        null);
  }

  private static Ruling undecided(String why) {
    return new Ruling(
        List.of(), false, null, "the reply could not be held to its contract: " + why);
  }
}
