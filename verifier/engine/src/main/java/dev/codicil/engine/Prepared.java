package dev.codicil.engine;

import dev.codicil.amendment.Amendment;
import dev.codicil.engine.cache.CachedCells;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.pacts.BrokerRecord;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Scenario;
import dev.codicil.history.Event;
import dev.codicil.storm.run.RunRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An amendment that is read, compared and planned, and not yet run.
 *
 * @param spec as declared
 * @param amendment contracts of both sides and their differences
 * @param scenarios what can be replayed, by id of the stimulus
 * @param planned the first line of its history
 * @param request what the runner needs
 * @param notes what is doubtful and decides nothing
 * @param cached cells that need not be run; null when no cache is asked
 * @param broker which pacts of a broker were read, and by what they are replayed; null when none
 *     was
 */
public record Prepared(
    AmendmentSpec spec,
    Amendment amendment,
    Map<String, Scenario> scenarios,
    Event.Planned planned,
    RunRequest request,
    List<String> notes,
    @Nullable CachedCells cached,
    @Nullable BrokerRecord broker) {

  /** What will be run. */
  public Plan plan() {
    return planned.plan();
  }
}
