package dev.codicil.engine;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.engine.source.Builds;
import dev.codicil.engine.source.FolderSource;
import dev.codicil.engine.source.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Brings what the base declares to where it is read, for a head whose word does not count. */
final class UntrustedHead {
  /** The file of waivers, which decides what gates. */
  private static final String WAIVERS = "codicil-waivers.yaml";

  private static final Predicate<String> AMENDMENT =
      Pattern.compile("(?!\\.).*/amendments/[^/]+/amendment\\.yaml").asMatchPredicate();
  private static final String DECLARED = "declared";
  private static final int MOST_TOLD = 20;

  private final Path root;
  private final Set<String> exposed;

  private UntrustedHead(Path root, Set<String> exposed) {
    this.root = root.toAbsolutePath().normalize();
    this.exposed = exposed;
  }

  /** The base: what it is called, its files, and the side to compare with. */
  private record Base(String shown, Source source, AmendmentSpec.Side side) {}

  /**
   * Reads what the base declares; nothing is built or run.
   *
   * @param base revision or folder; null for the merge base with the default branch
   * @param head revision or folder; null for the work tree
   * @param exposed variables whose values may be seen
   * @throws InputException when there is no base, it declares nothing, or the head reaches for
   *     files of Codicil
   */
  static Trust open(Path root, @Nullable String base, @Nullable String head, Set<String> exposed) {
    UntrustedHead untrusted = new UntrustedHead(root, exposed);
    Optional<GitRepository> repository = GitRepository.open(root);
    try {
      return untrusted.trust(repository.orElse(null), base, head);
    } finally {
      repository.ifPresent(GitRepository::close);
    }
  }

  private Trust trust(
      @Nullable GitRepository repository, @Nullable String baseName, @Nullable String headName) {
    checkOwnFolder(repository);
    Base base = base(repository, baseName);
    Source before = base.source();
    if (!before.files().contains(Project.FILE)) {
      throw new InputException(
          Location.of(Project.FILE),
          "the base (" + base.shown() + ") has none, and that of the head is not trusted",
          "merge one into the base first; or --trust-head, where you know who wrote the head");
    }
    Source after = head(repository, headName);
    Set<String> traffic = ProjectReader.trafficOf(before.read(Project.FILE));
    Path folder = bring(before, traffic);
    return Trust.base(folder, base.side(), exposed, told(base.shown(), before, after, traffic));
  }

  private Base base(@Nullable GitRepository repository, @Nullable String name) {
    if (name == null) {
      ObjectId commit =
          (repository == null ? Optional.<ObjectId>empty() : repository.mergeBase())
              .orElseThrow(
                  () ->
                      new InputException(
                          Location.of(root.toString()),
                          "there is no default branch that could say what is run",
                          "name a base: --base REVISION-OR-FOLDER"));
      return revision(repository, commit);
    }
    // A revision comes first: the head could have a folder of that name.
    Optional<ObjectId> commit = repository == null ? Optional.empty() : repository.named(name);
    if (commit.isPresent()) {
      return revision(repository, commit.get());
    }
    Path folder = root.resolve(name).normalize();
    if (!Files.isDirectory(folder)) {
      if (repository != null) {
        repository.resolve(name); // says what to type in a shallow clone
      }
      throw new InputException(
          Location.of(name), "no such revision or folder", "name another base");
    }
    if (repository != null && folder.startsWith(root) && repository.tracks(relative(folder))) {
      throw new InputException(
          Location.of(name),
          "this folder is part of the head, which is not trusted",
          "name a revision, or a folder outside of the work tree");
    }
    return new Base(
        name,
        new FolderSource(folder, name),
        new AmendmentSpec.Side(null, name, null, Map.of(), Map.of()));
  }

  private static Base revision(@Nullable GitRepository repository, ObjectId commit) {
    if (repository == null) {
      throw new IllegalStateException("a commit of no repository");
    }
    String shown = commit.name().substring(0, 12);
    return new Base(
        shown, repository.source(commit, shown), AmendmentSpec.Side.revision(commit.name()));
  }

  private Source head(@Nullable GitRepository repository, @Nullable String name) {
    if (name != null && Files.isDirectory(root.resolve(name))) {
      return new FolderSource(root.resolve(name), name);
    }
    if (name != null && repository != null) {
      return repository.source(repository.resolve(name), name);
    }
    return new FolderSource(root, "the work tree");
  }

  /** Its builds, cells and exported trees are taken as they are found: they must be our own. */
  private void checkOwnFolder(@Nullable GitRepository repository) {
    if (repository != null && repository.tracks(Builds.CACHE)) {
      throw new InputException(
          Location.of(Builds.CACHE),
          "files below it are part of the head, and Codicil would take them for its own",
          "remove them: git rm -r --cached " + Builds.CACHE);
    }
    if (Files.isSymbolicLink(root.resolve(Builds.CACHE))) {
      throw new InputException(
          Location.of(Builds.CACHE), "is a link, which may lead anywhere", "remove it");
    }
  }

  private String relative(Path folder) {
    return root.relativize(folder).toString().replace('\\', '/');
  }

  private static boolean declares(String file, Set<String> traffic) {
    return file.equals(Project.FILE)
        || file.equals(WAIVERS)
        || traffic.contains(file)
        || (file.startsWith(Profiles.FOLDER + "/") && file.endsWith(".yaml"));
  }

  /** Written anew every time: what an earlier run has left there is nobody's word. */
  private Path bring(Source base, Set<String> traffic) {
    Path cache = root.resolve(Builds.CACHE);
    Path folder = cache.resolve(DECLARED);
    try {
      delete(folder);
      Files.createDirectories(folder);
      Path ignore = cache.resolve(".gitignore");
      if (!Files.exists(ignore, LinkOption.NOFOLLOW_LINKS)) {
        Files.writeString(ignore, "*\n");
      }
      for (String file : base.files()) {
        if (declares(file, traffic)) {
          Path copy = folder.resolve(file).normalize();
          Files.createDirectories(copy.getParent());
          Files.write(copy, base.read(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What the head declares otherwise, and what was done about it. */
  private static List<String> told(String base, Source before, Source after, Set<String> traffic) {
    Set<String> files = new TreeSet<>();
    before.files().stream().filter(file -> declares(file, traffic)).forEach(files::add);
    after.files().stream().filter(file -> declares(file, traffic)).forEach(files::add);
    List<String> told = new ArrayList<>();
    for (String file : files) {
      boolean had = before.files().contains(file);
      boolean has = after.files().contains(file);
      if (had && has && Arrays.equals(before.read(file), content(after, file))) {
        continue;
      }
      String what = !had ? "is new in the head" : has ? "was changed by the head" : "was removed";
      told.add(
          file
              + " "
              + what
              + ", which is not trusted: "
              + (had ? "that of the base (" + base + ") was used" : "it was not used"));
    }
    if (told.size() > MOST_TOLD) {
      int more = told.size() - MOST_TOLD;
      told.subList(MOST_TOLD, told.size()).clear();
      told.add(
          String.format(
              Locale.ROOT, "and %d more files that say what is run, treated alike", more));
    }
    long amendments = after.files().stream().filter(AMENDMENT).count();
    if (amendments > 0) {
      told.add(
          amendments
              + " declared amendments of the head were not run: under --no-trust-head the head is"
              + " compared with the base");
    }
    return told;
  }

  /** What the head's file holds; null where it is something that is not read, such as a link. */
  private static byte @Nullable [] content(Source source, String file) {
    try {
      return source.read(file);
    } catch (InputException unreadable) {
      return null;
    }
  }
}
