package dev.codicil.storm.run;

import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.Stream;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.history.CellRecord;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides from a column's calm cell whether faults can reach that column at all. Pure. */
final class Exposure {
  private static final Pattern INDEX = Pattern.compile("/\\d+(?=/|$)");

  private Exposure() {}

  /** The pointer of a whole document stands for a body of any kind. */
  static final String BODY = "";

  /** Key of {@code CellRecord.seen} for one direction of an edge. */
  static String seenKey(String edge, Stream stream) {
    return edge + " " + stream.name().toLowerCase(Locale.ROOT);
  }

  /** Why no fault of the set can reach the column; null when at least one can, or there is none. */
  static @Nullable String missing(
      FaultSet faults, CellRecord calm, Function<String, Fault> library) {
    if (faults.calm()) {
      return null;
    }
    StringBuilder why = new StringBuilder();
    for (PlannedFault fault : faults.faults()) {
      String reason = missing(fault, calm, library);
      if (reason == null) {
        return null;
      }
      if (why.indexOf(reason) < 0) {
        why.append(why.isEmpty() ? "" : "; ").append(reason);
      }
    }
    return why.toString();
  }

  /**
   * Why a column cannot meet what only amended contracts allow: the providers of the edges are not
   * amended there. Null when it can, or when that is not what the experiment is about.
   */
  static @Nullable String neverSaid(Experiment experiment, Column column) {
    if (experiment.reply() != Experiment.ReplyFit.NEWLY_ALLOWED) {
      return null;
    }
    for (PlannedFault fault : experiment.faults().faults()) {
      if (column.sides().entrySet().stream()
          .anyMatch(
              side ->
                  side.getValue().equals(Column.HEAD)
                      && fault.edge().endsWith("->" + side.getKey()))) {
        return null;
      }
    }
    return "a provider that is not amended never says what only the amended contract allows";
  }

  private static @Nullable String missing(
      PlannedFault fault, CellRecord calm, Function<String, Fault> library) {
    if (calm.reached().getOrDefault(fault.edge(), 0) == 0) {
      return "the calm cell never reached " + fault.edge();
    }
    FaultCard card = library.apply(fault.fault()).card();
    List<String> seen = calm.seen().getOrDefault(seenKey(fault.edge(), fault.stream()), List.of());
    if (card.content() && card.needsBody() && !seen.contains(BODY)) {
      return "the calm cell saw no body on " + seenKey(fault.edge(), fault.stream());
    }
    if (!card.targetsField()) {
      return null;
    }
    for (FaultCard.Parameter parameter : card.parameters()) {
      if (parameter.type() == FaultCard.Type.POINTER) {
        String pointer = fault.parameters().text(parameter.name()).orElse("");
        if (!pointer.isEmpty()
            && seen.stream().noneMatch(other -> general(other).equals(general(pointer)))) {
          return "the calm cell never saw "
              + pointer
              + " on "
              + seenKey(fault.edge(), fault.stream());
        }
      }
    }
    return null;
  }

  /** Any item of an array stands for all. */
  private static String general(String pointer) {
    return INDEX.matcher(pointer).replaceAll("/*");
  }
}
