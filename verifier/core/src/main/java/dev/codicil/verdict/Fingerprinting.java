package dev.codicil.verdict;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Witness;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.PathTemplates;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Fingerprints, by which waivers name what they are about.
 *
 * <p>That of a finding is made of its kind, the id of what was replayed (consumer, provider and key
 * of the interaction, and the fault set), and the witness: what came of it, and the places that
 * were not as expected; a finding about documents alone has the fingerprints of its changes. That
 * of a change is made of its rule, provider, operation and place, and of the place where a message
 * shows it. Neither has wording, values, seed, order, revision or file in it.
 */
public final class Fingerprinting {
  private static final Pattern INDEX = Pattern.compile("(?<=[/\\[])[0-9]+(?=[/\\]]|$)");

  private Fingerprinting() {}

  /** The fingerprint of a change of a document. */
  public static String of(Change change) {
    List<String> parts = new ArrayList<>(List.of("change", change.rule(), change.provider()));
    parts.add(PathTemplates.normalize(change.operation()));
    parts.add(change.path());
    Witness witness = change.witness();
    if (witness != null) {
      parts.add(witness.kind().name());
      parts.add(witness.rejectedOn().name());
      parts.add(place(witness.pointer()));
    }
    return Fingerprints.of(parts.toArray(String[]::new));
  }

  /**
   * The fingerprint of a finding.
   *
   * @param more what else it is about, that stands only in its wording
   */
  static String of(Finding finding, List<String> more) {
    List<String> parts = new ArrayList<>(List.of("finding", finding.kind().id(), finding.id()));
    parts.add(finding.consumer());
    parts.add(finding.provider());
    parts.add(String.valueOf(finding.after().calm()));
    parts.add(String.valueOf(finding.after().storm()));
    if (!finding.evidence().isEmpty() && finding.load() == null) {
      places(finding, parts);
    }
    parts.addAll(more);
    return Fingerprints.of(parts.toArray(String[]::new));
  }

  /** What the side after did not keep, in the weather that was judged. */
  private static void places(Finding finding, List<String> parts) {
    boolean calm = finding.after().storm() == null;
    Cell last = finding.evidence().get(finding.evidence().size() - 1).cell();
    for (CellRecord record : finding.evidence()) {
      if (record.cell().column().equals(last.column()) && record.cell().calm() == calm) {
        TreeSet<String> places = new TreeSet<>();
        for (Mismatch mismatch : record.mismatches()) {
          places.add(place(mismatch.path()));
        }
        parts.addAll(places);
      }
    }
  }

  /** Any item of an array is as good as another. */
  private static String place(String path) {
    return INDEX.matcher(path).replaceAll("*");
  }
}
