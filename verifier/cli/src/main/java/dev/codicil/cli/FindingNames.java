package dev.codicil.cli;

import dev.codicil.verdict.Finding;
import dev.codicil.verdict.Gating;

/** How people name a finding about which policy has decided. */
final class FindingNames {
  private FindingNames() {}

  /** Whether a finding is meant: by its id or fingerprint, or the beginning of one. */
  static boolean is(Finding finding, String name) {
    Gating gating = finding.gating();
    return gating != null
        && !name.isEmpty()
        && (finding.id().startsWith(name) || gating.fingerprint().startsWith(name));
  }

  /** Whether its whole id or fingerprint was named. */
  static boolean isWhole(Finding finding, String name) {
    Gating gating = finding.gating();
    return gating != null && (finding.id().equals(name) || gating.fingerprint().equals(name));
  }
}
