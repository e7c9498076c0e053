package dev.codicil.engine.config;

import dev.codicil.chaos.Durations;
import dev.codicil.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code amendment.yaml} declares, or what the command line says in its place.
 *
 * @param name folder name, or what reviewers call it
 * @param title one line
 * @param base the side before
 * @param head the side after
 * @param nodes how many nodes subjects run as, by name, where the project says otherwise; the same
 *     on both sides
 * @param profiles chosen profiles; null for those of the project
 * @param expect the declared verdict; null when none is declared
 */
public record AmendmentSpec(
    String name,
    String title,
    Side base,
    Side head,
    Map<String, Integer> nodes,
    @Nullable List<String> profiles,
    @Nullable Expect expect) {
  public AmendmentSpec {
    nodes = Map.copyOf(nodes);
  }

  /** An amendment whose subjects run as the project says. */
  public AmendmentSpec(
      String name,
      String title,
      Side base,
      Side head,
      @Nullable List<String> profiles,
      @Nullable Expect expect) {
    this(name, title, base, head, Map.of(), profiles, expect);
  }

  /**
   * One side.
   *
   * @param revision git revision of the tree; null for the work tree
   * @param folder folder used as a whole tree instead of the work tree, relative to nothing; null
   *     for none
   * @param overlay folder, relative to the project, whose files replace contracts of the same
   *     relative path; null for none
   * @param env extra environment by subject
   * @param artifacts artifact by subject, in place of the build
   * @param pacts {@code broker:SELECTORS} when pacts are a broker's and not the tree's; null for
   *     the tree's
   */
  public record Side(
      @Nullable String revision,
      @Nullable String folder,
      @Nullable String overlay,
      Map<String, Map<String, String>> env,
      Map<String, String> artifacts,
      @Nullable String pacts) {
    /** The work tree as it is. */
    public static final Side WORK_TREE = new Side(null, null, null, Map.of(), Map.of());

    /** A git revision. */
    public static Side revision(String revision) {
      return new Side(revision, null, null, Map.of(), Map.of());
    }

    /** A side with the pacts of its own tree. */
    public Side(
        @Nullable String revision,
        @Nullable String folder,
        @Nullable String overlay,
        Map<String, Map<String, String>> env,
        Map<String, String> artifacts) {
      this(revision, folder, overlay, env, artifacts, null);
    }

    /** The same tree, with pacts of a broker. */
    public Side withPacts(String named) {
      return new Side(revision, folder, overlay, env, artifacts, named);
    }

    private String argument(String option) {
      String place = pacts != null ? pacts : revision != null ? revision : folder;
      return place == null ? "" : option + " " + place;
    }

    public Side {
      env = Map.copyOf(env);
      artifacts = Map.copyOf(artifacts);
    }
  }

  /**
   * What the author expects.
   *
   * @param verdict of the amendment
   * @param findings that must appear
   */
  public record Expect(Verdict verdict, List<ExpectedFinding> findings) {
    public Expect {
      findings = List.copyOf(findings);
    }
  }

  /**
   * A finding that must appear.
   *
   * @param kind id of the kind
   * @param consumer name
   * @param interaction description, or name of the probe
   * @param faults ids; null when any will do
   * @param failsFrom from which value of a duration on it fails, within five percent; null when
   *     that does not matter
   */
  public record ExpectedFinding(
      String kind,
      String consumer,
      String interaction,
      @Nullable List<String> faults,
      @Nullable Duration failsFrom) {

    /** One line for messages. */
    public String label() {
      return kind
          + ": "
          + consumer
          + ", "
          + interaction
          + (faults == null || faults.isEmpty() ? "" : ", " + faults)
          + (failsFrom == null ? "" : ", fails from " + Durations.format(failsFrom) + " on");
    }
  }

  /** Name of an amendment that no folder declares. */
  public static final String AD_HOC = "changes";

  /** The command line's options that name this amendment. */
  public String arguments() {
    if (!name.equals(AD_HOC)) {
      return "--amendment " + name;
    }
    return (base.argument("--base") + " " + head.argument("--head")).trim();
  }
}
