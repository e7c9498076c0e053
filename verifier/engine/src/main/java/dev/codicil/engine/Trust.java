package dev.codicil.engine;

import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.storm.run.PlainEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose word counts when it is said what is run: by default that of the work tree, as for somebody
 * at a machine of their own. For a change of somebody else it is that of the base, and then no
 * process is given a secret. Code of the head is built and run in either case.
 */
public final class Trust {
  /** What stands in place of the value of a variable that nobody may see. */
  static final String PLACEHOLDER = "placeholder-for-";

  /** Asked for by the keys of the cache, and for no process. */
  private static final Set<String> OURS = Set.of("PATH", "JAVA_HOME", "JAVA_TOOL_OPTIONS");

  private final Path declared;
  private final AmendmentSpec.@Nullable Side base;
  private final Set<String> exposed;
  private final List<String> notes;
  private final Set<String> replaced = new TreeSet<>();

  private Trust(
      Path declared, AmendmentSpec.@Nullable Side base, Set<String> exposed, List<String> notes) {
    this.declared = declared;
    this.base = base;
    this.exposed = Set.copyOf(exposed);
    this.notes = List.copyOf(notes);
  }

  /** Everything is taken from the work tree, and processes see the caller's environment. */
  public static Trust workTree(Path root) {
    return new Trust(root, null, Set.of(), List.of());
  }

  /**
   * What is declared is taken from a folder that has the base's.
   *
   * @param base the side it is from, which is the one to compare with
   * @param exposed variables whose values may be seen all the same
   * @param notes what the head would have declared otherwise, a sentence each
   */
  static Trust base(
      Path declared, AmendmentSpec.Side base, Set<String> exposed, List<String> notes) {
    return new Trust(declared, base, exposed, notes);
  }

  /**
   * Folder to read {@code codicil.yaml}, {@code chaos-profiles/} and waivers from: the project's
   * own, or one that has the base's and nothing else.
   */
  public Path declared() {
    return declared;
  }

  /** Whether the head may say what is run. */
  public boolean ofHead() {
    return base == null;
  }

  /** The side to compare with; null when that is not decided by trust. */
  AmendmentSpec.@Nullable Side base() {
    return base;
  }

  /** What is to be told with the verdict. */
  public List<String> notes() {
    return notes;
  }

  /** The same, with what was withheld until now. */
  List<String> notesWithWithheld() {
    if (replaced.isEmpty()) {
      return notes;
    }
    List<String> all = new ArrayList<>(notes);
    all.add(
        "no secrets under --no-trust-head: a placeholder stood for "
            + String.join(", ", replaced)
            + " on both sides; --expose shows a value that is no secret");
    return all;
  }

  /**
   * What {@code ${VAR}} stands for: a value of the caller's environment or, where it may not be
   * seen, a placeholder. It is the same on both sides and in every run: both shall start equal, and
   * there is nothing in it to hide.
   */
  Function<String, @Nullable String> environment(Function<String, @Nullable String> callers) {
    if (ofHead()) {
      return callers;
    }
    return name -> {
      String value = callers.apply(name);
      if (exposed.contains(name) || (value != null && PlainEnvironment.allows(name, value))) {
        return value;
      }
      if (OURS.contains(name)) {
        return null;
      }
      replaced.add(name);
      return PLACEHOLDER + name;
    };
  }

  /** The variables that were exposed and are set. */
  Map<String, String> shown(Function<String, @Nullable String> environment) {
    Map<String, String> shown = new TreeMap<>();
    for (String name : exposed) {
      String value = environment.apply(name);
      if (value != null) {
        shown.put(name, value);
      }
    }
    return shown;
  }

  /** What builds see of this process's environment; null for all of it. */
  @Nullable Map<String, String> ofBuilds() {
    if (ofHead()) {
      return null;
    }
    Map<String, String> plain = new TreeMap<>(System.getenv());
    PlainEnvironment.keepOnly(plain);
    plain.putAll(shown(System::getenv));
    return plain;
  }
}
