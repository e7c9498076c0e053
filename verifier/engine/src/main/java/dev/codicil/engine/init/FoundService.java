package dev.codicil.engine.init;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service of the repository.
 *
 * @param name what contracts call it, as far as they do
 * @param kind what it is, for people: {@code Spring Boot}
 * @param folder where it lives; empty for the root
 * @param build command that builds it; null when nothing needs building
 * @param artifact what the build makes; null where the command names it itself
 * @param command words of the command that starts it
 * @param env environment that tells it its port
 * @param ready path that answers once it can be used
 * @param calls whom it calls: environment variable to the address it has by default
 * @param databases the same for what does not speak HTTP
 * @param pages paths that can be asked with GET and nothing else
 * @param doubts what a person has to look at
 */
record FoundService(
    String name,
    String kind,
    String folder,
    @Nullable String build,
    @Nullable String artifact,
    List<String> command,
    Map<String, String> env,
    String ready,
    Map<String, String> calls,
    Map<String, String> databases,
    List<String> pages,
    List<String> doubts) {
  FoundService {
    command = List.copyOf(command);
    env = Map.copyOf(env);
    calls = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(calls));
    databases = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(databases));
    pages = List.copyOf(pages);
    doubts = List.copyOf(doubts);
  }

  /** The same service under the name that contracts give it. */
  FoundService named(String other) {
    return with(other, calls);
  }

  /** The same service, calling these. */
  FoundService calling(Map<String, String> others) {
    return with(name, others);
  }

  private FoundService with(String name, Map<String, String> calls) {
    return new FoundService(
        name, kind, folder, build, artifact, command, env, ready, calls, databases, pages, doubts);
  }
}
