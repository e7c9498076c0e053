package dev.codicil.verdict;

import dev.codicil.verdict.WaiverStanding.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What became of policy and waivers over all amendments of a run.
 *
 * @param today by which waivers expire
 * @param environment the selected one; null for none
 * @param waivers in the order in which they are written
 * @param warnings selectors of the policy, and names of flows, that found nothing, one line each
 */
public record GateSummary(
    LocalDate today,
    @Nullable String environment,
    List<WaiverStanding> waivers,
    List<String> warnings) {
  public GateSummary {
    waivers = List.copyOf(waivers);
    warnings = List.copyOf(warnings);
  }

  /** The day by which waivers expire, {@code YYYY-MM-DD}. */
  public String day() {
    return today.toString();
  }

  /** Waivers that fail the gate by what became of them. */
  public List<WaiverStanding> failing() {
    return waivers.stream().filter(WaiverStanding::fails).toList();
  }

  static GateSummary of(List<AmendmentVerdict> amendments, Gate gate, boolean whole) {
    List<GateUse> uses =
        amendments.stream().map(AmendmentVerdict::gate).filter(Objects::nonNull).toList();
    List<String> warnings = new ArrayList<>(PolicyReach.warnings(gate.policy(), uses, whole));
    warnings.addAll(ImpactReach.warnings(gate.impact(), uses));
    return new GateSummary(
        gate.today(),
        gate.policy().environment(),
        gate.waivers().stream().map(waiver -> standing(waiver, amendments, gate, whole)).toList(),
        warnings);
  }

  private static WaiverStanding standing(
      Waiver waiver, List<AmendmentVerdict> amendments, Gate gate, boolean whole) {
    List<AmendmentVerdict> own =
        amendments.stream().filter(amendment -> waiver.holdsFor(amendment.name())).toList();
    List<String> findings = new ArrayList<>();
    Set<String> others = new TreeSet<>();
    Set<String> partial = new LinkedHashSet<>();
    for (AmendmentVerdict amendment : own) {
      for (Finding finding : amendment.findings()) {
        Gating gating = finding.gating();
        if (gating != null && gating.fingerprint().equals(waiver.fingerprint())) {
          findings.add(amendment.name() + ": " + finding.id());
          others.addAll(waiver.unnamed(gating.hit()));
        }
      }
      GateUse use = amendment.gate();
      if (use == null || !use.partial().isEmpty()) {
        partial.add(amendment.name() + ": " + (use == null ? "unknown" : use.partial()));
      }
    }
    if (own.isEmpty()) {
      partial.add(
          waiver.amendment() == null
              ? "no amendment was judged"
              : "the amendment " + waiver.amendment() + " is no part of this run");
    } else if (waiver.amendment() == null && !whole) {
      partial.add("this run is not of all amendments");
    }
    Policy.WaiverTerms terms = gate.policy().terms();
    State state;
    String told;
    boolean fails = false;
    if (!own.isEmpty() && waiver.expired(gate.today())) {
      state = State.EXPIRED;
      told =
          "expired on "
              + waiver.expires()
              + (findings.isEmpty()
                  ? "; nothing was found in this run that it is about"
                  : "; what it is about was found again: mend that, or decide anew");
      fails = terms.expired() == GateAction.FAIL;
    } else if (!others.isEmpty()) {
      state = State.OPENED;
      told = "does not hold: it does not name " + String.join(", ", others);
    } else if (!findings.isEmpty()) {
      state = State.APPLIED;
      told = "holds until " + waiver.expires();
    } else if (!partial.isEmpty()) {
      state = State.NOT_JUDGED;
      told = "not judged: " + String.join("; ", partial);
    } else {
      state = State.UNUSED;
      told = "nothing needs it any more: take it out";
      fails = terms.unused() == GateAction.FAIL;
    }
    return new WaiverStanding(waiver, state, waiver.daysLeft(gate.today()), fails, findings, told);
  }
}
