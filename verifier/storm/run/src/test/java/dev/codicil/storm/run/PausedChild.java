package dev.codicil.storm.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Codicil of its own that lets a node stand still, for longer than it will live. */
public final class PausedChild {
  private PausedChild() {}

  /** Runs in the folder {@code args[0]}. */
  public static void main(String[] args) throws Exception {
    Storm storm =
        new Storm(Path.of(args[0]))
            .side("base")
            .side("head")
            .replay("get", "GET /items/1")
            .storm("pause", "get", "pause", Storm.CLIENT, Map.of());
    storm.budget = Duration.ofMinutes(2);
    storm.nodes = 2;
    Runner.run(storm.request(), event -> {}, List.of(), RunListener.SILENT);
  }
}
