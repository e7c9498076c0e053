package dev.codicil.verdict;

import java.util.List;
import java.util.Map;

/**
 * How much was looked at.
 *
 * @param filesFound contract files found on both sides
 * @param filesLoaded contract files loaded
 * @param interactions interactions in the model
 * @param replayed stimuli (interactions and probes) that ran in calm on both columns of their step
 * @param experiments experiments planned
 * @param cellsPlanned cells planned
 * @param cellsRun cells run
 * @param cellsSkipped cells skipped, by reason
 * @param cellsCut cells cut by a budget
 * @param notApplicable combinations that mean nothing, by reason
 * @param edgesDeclared declared edges
 * @param edgesReached edges that some calm cell reached
 * @param edgesUnreached names of the others
 * @param notReplayed interactions that nothing could replay: {@code CONSUMER -> PROVIDER:
 *     INTERACTION (REASON)}
 * @param notes what is worth knowing and decided nothing, in the order it was noted
 */
public record Coverage(
    int filesFound,
    int filesLoaded,
    int interactions,
    int replayed,
    int experiments,
    int cellsPlanned,
    int cellsRun,
    Map<String, Integer> cellsSkipped,
    int cellsCut,
    Map<String, Integer> notApplicable,
    int edgesDeclared,
    int edgesReached,
    List<String> edgesUnreached,
    List<String> notReplayed,
    List<String> notes) {
  public Coverage {
    cellsSkipped = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(cellsSkipped));
    notApplicable = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(notApplicable));
    edgesUnreached = List.copyOf(edgesUnreached);
    notReplayed = List.copyOf(notReplayed);
    notes = List.copyOf(notes);
  }
}
