package dev.codicil.engine;

import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.WaiverText;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.VerdictReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Entries of {@code codicil-waivers.yaml} for findings. */
public final class Waivers {
  private Waivers() {}

  /**
   * The entry that would waive a finding for the amendment it was found in, and for those it hits.
   *
   * @param reason may be blank, when somebody still has to say
   * @param owner likewise
   * @throws IllegalArgumentException when no policy has decided about the finding
   */
  public static WaiverText entry(
      String amendment, Finding finding, String reason, String owner, LocalDate expires) {
    Gating gating = finding.gating();
    if (gating == null) {
      throw new IllegalArgumentException("no policy has decided about " + finding.id());
    }
    return new WaiverText(
        gating.fingerprint(),
        label(finding),
        amendment.equals(AmendmentSpec.AD_HOC) ? null : amendment,
        gating.hit(),
        reason,
        owner,
        expires.toString());
  }

  /**
   * What a finding is about, one line: {@code broken: checkout -> authority: a license, in calm}.
   */
  public static String label(Finding finding) {
    return finding.kind().id()
        + ": "
        + finding.consumer()
        + " -> "
        + finding.provider()
        + ": "
        + finding.interaction()
        + (finding.faultLabel().isEmpty() ? ", in calm" : ", " + finding.faultLabel());
  }

  /**
   * Entries that would let a failed verification pass, to be pasted and filled in: one for each
   * finding that gates.
   *
   * @param most how many to write out
   * @param expires their last day
   * @return their lines, and how many more there are in the last one; empty when nothing gates
   */
  public static List<String> proposed(VerdictReport report, int most, LocalDate expires) {
    Set<WaiverText> entries = new LinkedHashSet<>();
    for (AmendmentVerdict amendment : report.amendments()) {
      for (Finding finding : amendment.findings()) {
        if (finding.gates() && finding.gating() != null) {
          entries.add(entry(amendment.name(), finding, "", "", expires));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    entries.stream().limit(most).forEach(entry -> lines.addAll(entry.lines()));
    if (entries.size() > most) {
      lines.add("# and " + (entries.size() - most) + " more; `codicil policy explain` lists them");
    }
    return lines;
  }
}
