package dev.codicil.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to verify.
 *
 * @param profiles names of profiles in place of those of amendment and project; null for those
 * @param seed of all draws
 * @param budget most cells to plan
 * @param timeBudget most wall time of one amendment's run; null for none
 * @param concurrency how many groups of instances replay at once, in place of the project's; 0 for
 *     the project's
 * @param out folder for reports and histories
 * @param resume whether to go on with a killed run where there is one
 * @param only id of the one experiment or stimulus to run; null for all
 * @param cache folder of cells that were run before; null for none
 */
public record Options(
    @Nullable List<String> profiles,
    long seed,
    int budget,
    @Nullable Duration timeBudget,
    int concurrency,
    Path out,
    boolean resume,
    @Nullable String only,
    @Nullable Path cache) {

  /** Options of a run that takes nothing from a cache. */
  public Options(
      @Nullable List<String> profiles,
      long seed,
      int budget,
      @Nullable Duration timeBudget,
      int concurrency,
      Path out,
      boolean resume,
      @Nullable String only) {
    this(profiles, seed, budget, timeBudget, concurrency, out, resume, only, null);
  }

  /** The same, taking cells from the cache in this folder. */
  public Options caching(Path folder) {
    return new Options(profiles, seed, budget, timeBudget, concurrency, out, resume, only, folder);
  }

  /** Everything, seed 1, no budget. */
  public static Options defaults(Path out) {
    return new Options(null, 1, Integer.MAX_VALUE, null, 0, out, false, null);
  }

  /** Folder of the history of an amendment. */
  public Path history(String amendment) {
    return out.resolve("history").resolve(amendment);
  }
}
