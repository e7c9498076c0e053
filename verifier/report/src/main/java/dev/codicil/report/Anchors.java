package dev.codicil.report;

import dev.codicil.verdict.Finding;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where on the page a finding is told. */
final class Anchors {
  private final String prefix;
  private final Map<Finding, String> places = new IdentityHashMap<>();
  private int count;

  Anchors(int amendment) {
    this.prefix = "finding-" + amendment + "-";
  }

  /** Names the next place, at which all findings of a group are told. */
  String add(FindingGroup group) {
    String place = prefix + ++count;
    group.findings().forEach(finding -> places.put(finding, place));
    return place;
  }

  /** The place of a finding; null when it is told nowhere. */
  @Nullable String of(Finding finding) {
    return places.get(finding);
  }
}
