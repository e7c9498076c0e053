package dev.codicil.storm.run;

import dev.codicil.chaos.Effect;
import dev.codicil.chaos.HookAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A Codicil of its own that brings a hook in force, and is then stopped one way or another. */
public final class HookedChild {
  private HookedChild() {}

  /**
   * Injects in the folder {@code args[0]}, then is killed or waits to be stopped, as {@code
   * args[1]} says.
   */
  public static void main(String[] args) throws Exception {
    Path dir = Path.of(args[0]);
    HookInForce hook =
        new HookInForce(
            new World(dir, dir.resolve("pending"), System::getenv),
            new Effect.Hook(
                HookAction.parse("sh -c 'touch broken; echo in'"),
                HookAction.parse("sh -c 'rm broken; touch mended'"),
                Duration.ofSeconds(20)),
            "hook of a child",
            Map.of());
    String problem = hook.inject();
    System.out.println(problem == null ? "in force" : problem);
    if (args[1].equals("killed")) {
      Runtime.getRuntime().halt(137);
    }
    Thread.sleep(60_000);
  }
}
