package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import java.util.ArrayList;
import java.util.List;

/** As many different findings as a test wants, all of which gate. */
final class Many {
  private Many() {}

  static VerdictReport findings(int count) {
    AmendmentVerdict like = Fixture.partnerInLine();
    Finding one = like.findings().get(0);
    List<Finding> many = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      many.add(
          new Finding(
              "e" + i,
              one.kind(),
              true,
              "consumer-" + i,
              one.provider(),
              one.interaction() + " `number` " + i,
              one.operation(),
              0,
              one.faults(),
              one.faultLabel(),
              one.before(),
              one.after(),
              one.changes(),
              one.nearMiss(),
              one.reason(),
              one.replay(),
              one.location(),
              one.evidence(),
              one.cause()));
    }
    return VerdictReport.of(
        List.of(
            new AmendmentVerdict(
                "many",
                Verdict.FAIL,
                "replayed",
                many,
                List.of(),
                List.of(count + " resilience-lost"),
                like.coverage(),
                like.ledger(),
                1,
                1)));
  }
}
