package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.contract.Location;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * By what a forge knows a finding again in the next run. Made of the amendment, of the kind, of who
 * relies on whom, and of the finding's id, which is a fingerprint of interaction and faults; for a
 * change of its rule, place and values. Never of wording, seed, line, order or machine.
 */
final class StableIds {
  private final Map<Object, String> ids = new IdentityHashMap<>();
  private final String whole;

  StableIds(AmendmentVerdict amendment) {
    whole = Fingerprints.of("amendment", amendment.name());
    add(
        amendment.findings(),
        finding -> finding(amendment.name(), finding),
        Comparator.comparing(Finding::location).thenComparing(Finding::faultLabel));
    add(
        amendment.changes(),
        change -> change(amendment.name(), change),
        Comparator.comparing((Change change) -> change.location().pointer())
            .thenComparing(change -> change.location().file()));
  }

  /** Of one of the findings or changes of the amendment. */
  String of(Object what) {
    return Objects.requireNonNull(ids.get(what), "not of this amendment");
  }

  /** Of the amendment as a whole. */
  String whole() {
    return whole;
  }

  private <T> void add(List<T> all, Function<T, String> key, Comparator<T> tie) {
    Map<String, List<T>> same = new HashMap<>();
    all.forEach(one -> same.computeIfAbsent(key.apply(one), k -> new ArrayList<>()).add(one));
    same.forEach(
        (id, twins) -> {
          twins.sort(tie);
          for (int i = 0; i < twins.size(); i++) {
            ids.put(twins.get(i), i == 0 ? id : Fingerprints.of(id, Integer.toString(i)));
          }
        });
  }

  private static String finding(String amendment, Finding finding) {
    return Fingerprints.of(
        "finding",
        amendment,
        finding.kind().id(),
        finding.consumer(),
        finding.provider(),
        Integer.toString(finding.step()),
        finding.id());
  }

  private static String change(String amendment, Change change) {
    return Fingerprints.of(
        "change",
        amendment,
        change.rule(),
        DiffWording.word(change.direction()),
        change.provider(),
        change.operation(),
        change.path(),
        Objects.requireNonNullElse(change.before(), ""),
        Objects.requireNonNullElse(change.after(), ""),
        pointer(change.baseLocation()));
  }

  private static String pointer(@Nullable Location where) {
    return where == null ? "" : where.pointer();
  }
}
