package dev.codicil.engine.source;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.engine.config.AmendmentReader;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.BrokerDeclaration;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.pacts.BrokerCalls;
import dev.codicil.engine.pacts.PactFile;
import dev.codicil.engine.pacts.PactFiles;
import dev.codicil.engine.pacts.TreeWithoutPacts;
import dev.codicil.experiment.Fingerprints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Turns declared sides into trees that can be read and built. The work tree is read and built in
 * place, never changed.
 */
public final class Sides {
  private static final String WORK_TREE = "work tree";

  private final Project project;
  private final Builds builds;

  /** Sides of this project, exported where the builds keep their trees. */
  public Sides(Project project, Builds builds) {
    this.project = project;
    this.builds = builds;
  }

  /**
   * A side that can be read and built.
   *
   * @param name what the user calls it
   * @param tree folder to build in; the project's root, or an exported tree
   * @param source its files
   * @param spec as declared
   * @param pacts what it has of a Pact Broker
   */
  public record Side(
      String name, Path tree, Source source, AmendmentSpec.Side spec, PactFiles pacts) {
    /** A side without pacts of a broker. */
    public Side(String name, Path tree, Source source, AmendmentSpec.Side spec) {
      this(name, tree, source, spec, PactFiles.NONE);
    }

    /**
     * The same side with pacts of a broker.
     *
     * @param folder below which contracts are; its pacts are left out when the broker's stand in
     *     their place
     */
    public Side with(PactFiles files, String folder) {
      return new Side(
          files.instead() ? String.valueOf(spec.pacts()) : name,
          tree,
          files.instead() ? new TreeWithoutPacts(source, folder) : source,
          spec,
          files);
    }

    /** The name in a sentence; the id of a commit is cut short. */
    public String shown() {
      if (name.equals(WORK_TREE)) {
        return "the " + name;
      }
      return name.matches("[0-9a-f]{40}") ? name.substring(0, 12) : name;
    }

    /** Content of the contracts below a folder, amendments left out, as one fingerprint. */
    public String hash(String folder) {
      List<String> parts = new ArrayList<>();
      for (String file : source.files()) {
        if (file.startsWith(folder + "/") && !file.startsWith(folder + "/amendments/")) {
          parts.add(file);
          parts.add(new String(source.read(file), StandardCharsets.ISO_8859_1));
        }
      }
      parts.addAll(pacts.contents());
      return Fingerprints.of(parts.toArray(String[]::new));
    }

    /** The same as a whole hash, for what outlives this run. */
    public String contents(String folder) {
      TreeStamp.Sum sum = new TreeStamp.Sum();
      for (String file : source.files()) {
        if (file.startsWith(folder + "/") && !file.startsWith(folder + "/amendments/")) {
          sum.add(file, source.read(file));
        }
      }
      if (!pacts.files().isEmpty()) {
        sum.add(
            PactFile.PREFIX,
            String.join("\u0000", pacts.contents()).getBytes(StandardCharsets.UTF_8));
      }
      return sum.hex();
    }

    /** The path under which a reviewer finds a file of this side. */
    public String display(String path) {
      return source instanceof OverlaySource overlay ? overlay.display(path) : path;
    }
  }

  /**
   * Resolves a side.
   *
   * @throws InputException when the revision or folder is not there
   */
  public Side resolve(AmendmentSpec.Side spec) {
    Side plain = plain(spec);
    String overlay = spec.overlay();
    if (overlay == null) {
      return plain;
    }
    Path folder = project.root().resolve(overlay);
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          Location.of(overlay), "there is no such folder of amended contracts", "check the path");
    }
    FolderSource over = new FolderSource(project.root(), overlay);
    Map<String, String> replaced = new TreeMap<>();
    for (String inner : new FolderSource(folder, overlay).files()) {
      if (!inner.equals(AmendmentReader.FILE)) {
        replaced.put(project.contracts() + "/" + inner, overlay + "/" + inner);
      }
    }
    return new Side(overlay, plain.tree(), new OverlaySource(plain.source(), over, replaced), spec);
  }

  private Side plain(AmendmentSpec.Side spec) {
    String folder = spec.folder();
    if (folder != null) {
      Path path = project.root().resolve(folder).normalize();
      return new Side(folder, path, new FolderSource(path, folder), spec);
    }
    String revision = spec.revision();
    if (revision == null) {
      return new Side(
          WORK_TREE, project.root(), new FolderSource(project.root(), "the work tree"), spec);
    }
    try (GitRepository repository = open()) {
      ObjectId commit = repository.resolve(revision);
      Path tree = builds.tree(repository, commit, revision);
      return new Side(revision, tree, new FolderSource(tree, revision), spec);
    }
  }

  /**
   * The side to compare the work tree with when none is named.
   *
   * @throws InputException when there is no repository, or no branch to compare with
   */
  public AmendmentSpec.Side defaultBase() {
    BrokerDeclaration.Base brokers = project.broker().base();
    if (brokers != null) {
      String revision = brokers.revision();
      return (revision == null ? AmendmentSpec.Side.WORK_TREE : named(revision))
          .withPacts(BrokerCalls.BASE);
    }
    String base = project.base();
    if (base != null) {
      return named(base);
    }
    try (GitRepository repository = open()) {
      return repository
          .mergeBase()
          .map(commit -> AmendmentSpec.Side.revision(commit.name()))
          .orElseThrow(
              () ->
                  new InputException(
                      Location.of(Project.FILE),
                      "there is no default branch to compare with",
                      "name a base: --base REVISION-OR-FOLDER, or base: in " + Project.FILE));
    }
  }

  /**
   * Whether there is a default base: a declared one, or a branch that is there.
   *
   * @throws InputException when a shallow clone hides it
   */
  public boolean hasDefaultBase() {
    if (project.base() != null || project.broker().base() != null) {
      return true;
    }
    Optional<GitRepository> opened = GitRepository.open(project.root());
    if (opened.isEmpty()) {
      return false;
    }
    try (GitRepository repository = opened.get()) {
      return repository.mergeBase().isPresent();
    }
  }

  /**
   * A side by what the user typed: a folder when there is one of that name, {@code broker:} and
   * selectors for the work tree with a broker's pacts, else a revision.
   */
  public AmendmentSpec.Side named(String name) {
    if (name.startsWith(BrokerCalls.BASE)) {
      BrokerDeclaration.Base declared = project.broker().base();
      String revision = declared == null ? null : declared.revision();
      return (revision == null ? AmendmentSpec.Side.WORK_TREE : named(revision)).withPacts(name);
    }
    if (Files.isDirectory(project.root().resolve(name))) {
      return new AmendmentSpec.Side(null, name, null, Map.of(), Map.of());
    }
    return AmendmentSpec.Side.revision(name);
  }

  private GitRepository open() {
    return GitRepository.open(project.root())
        .orElseThrow(
            () ->
                new InputException(
                    Location.of(project.root().toString()),
                    "this is no git repository, so there are no revisions",
                    "name folders: --base FOLDER --head FOLDER"));
  }
}
