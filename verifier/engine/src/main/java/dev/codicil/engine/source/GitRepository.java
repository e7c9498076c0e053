package dev.codicil.engine.source;

import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * A git repository, read only: revisions become sources or exported trees, and the work tree is
 * never touched.
 */
public final class GitRepository implements AutoCloseable {
  private final Repository repository;
  private final String prefix;

  private GitRepository(Repository repository, String prefix) {
    this.repository = repository;
    this.prefix = prefix;
  }

  /** Opens the repository that a folder belongs to; empty when there is none. */
  public static Optional<GitRepository> open(Path folder) {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
    if (builder.getGitDir() == null) {
      return Optional.empty();
    }
    try {
      Repository repository = builder.setMustExist(true).build();
      File workTree = repository.isBare() ? null : repository.getWorkTree();
      return Optional.of(new GitRepository(repository, prefix(folder, workTree)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String prefix(Path folder, @Nullable File workTree) throws IOException {
    if (workTree == null) {
      return "";
    }
    String relative =
        workTree
            .toPath()
            .toRealPath()
            .relativize(folder.toRealPath())
            .toString()
            .replace('\\', '/');
    return relative.isEmpty() ? "" : relative + "/";
  }

  /**
   * The commit a revision names.
   *
   * @throws InputException when there is none, saying what to type in a shallow clone
   */
  public ObjectId resolve(String revision) {
    try {
      ObjectId id = repository.resolve(revision + "^{commit}");
      if (id != null) {
        return id;
      }
    } catch (RevisionSyntaxException
        | AmbiguousObjectException
        | IncorrectObjectTypeException
        | MissingObjectException bad) {
      throw missing(revision);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw missing(revision);
  }

  /** The commit a revision names; empty when there is none. */
  Optional<ObjectId> find(String revision) {
    try {
      return Optional.ofNullable(repository.resolve(revision + "^{commit}"));
    } catch (IOException | RevisionSyntaxException none) {
      return Optional.empty();
    }
  }

  /** The commit that a user's name for a revision names; empty when there is none. */
  public Optional<ObjectId> named(String revision) {
    return find(revision);
  }

  /**
   * Whether a path is part of the commit that is checked out, or of what is staged: a file, a link,
   * or a folder with something in it. Cases are not told apart, as many file systems do not.
   *
   * @param path relative to the folder this was opened for, with forward slashes
   */
  public boolean tracks(String path) {
    String wanted = (prefix + path).toLowerCase(Locale.ROOT);
    try {
      DirCache index = repository.readDirCache();
      for (int i = 0; i < index.getEntryCount(); i++) {
        if (isAtOrBelow(index.getEntry(i).getPathString(), wanted)) {
          return true;
        }
      }
      ObjectId head = repository.resolve(Constants.HEAD + "^{commit}");
      if (head == null) {
        return false;
      }
      try (RevWalk walk = new RevWalk(repository);
          TreeWalk tree = new TreeWalk(repository)) {
        tree.addTree(walk.parseCommit(head).getTree());
        tree.setRecursive(true);
        while (tree.next()) {
          if (isAtOrBelow(tree.getPathString(), wanted)) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAtOrBelow(String path, String wanted) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.equals(wanted) || lower.startsWith(wanted + "/");
  }

  /**
   * Names of the tags that match a pattern, older versions first: numbers in names count as such.
   *
   * @param pattern a name, in which {@code *} is any text and {@code ?} any character
   */
  public List<String> tags(String pattern) {
    try {
      return repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS).stream()
          .map(ref -> ref.getName().substring(Constants.R_TAGS.length()))
          .filter(name -> NamePatterns.matches(pattern, name))
          .sorted(NamePatterns.BY_VERSION)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputException missing(String revision) {
    return new InputException(
        Location.of(revision),
        "no such revision in this repository" + (isShallow() ? ", which is a shallow clone" : ""),
        isShallow()
            ? "git fetch --unshallow, or fetch-depth: 0 in the checkout"
            : "git fetch, or name another base");
  }

  /** Whether the clone is shallow, so that bases may be missing. */
  public boolean isShallow() {
    try {
      return !repository.getObjectDatabase().getShallowCommits().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The merge base of the head with the default branch.
   *
   * @return empty when there is no default branch to compare with
   * @throws InputException in a shallow clone that lacks the branch or the common ancestor
   */
  public Optional<ObjectId> mergeBase() {
    try {
      ObjectId head = repository.resolve(Constants.HEAD);
      if (head == null) {
        return Optional.empty();
      }
      for (String candidate :
          List.of(
              "refs/remotes/origin/HEAD",
              "refs/remotes/origin/main",
              "refs/remotes/origin/master",
              "refs/heads/main",
              "refs/heads/master")) {
        ObjectId branch = repository.resolve(candidate);
        if (branch != null) {
          return Optional.of(mergeBase(head, branch, candidate));
        }
      }
      if (isShallow()) {
        throw new InputException(
            Location.of("HEAD"),
            "this shallow clone has no default branch to compare with",
            "git fetch --unshallow origin main:refs/remotes/origin/main, or fetch-depth: 0 in the"
                + " checkout, or name a base");
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectId mergeBase(ObjectId head, ObjectId branch, String name) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(head));
      walk.markStart(walk.parseCommit(branch));
      RevCommit base = walk.next();
      if (base == null) {
        throw new InputException(
            Location.of(name),
            "no common ancestor of HEAD and "
                + name
                + (isShallow() ? " in this shallow clone" : ""),
            isShallow()
                ? "git fetch --unshallow, or fetch-depth: 0 in the checkout"
                : "name a base");
      }
      return base.getId();
    }
  }

  /** The files of a commit below the folder this was opened for. */
  public Source source(ObjectId commit, String name) {
    return new RevisionSource(commit, name);
  }

  /**
   * Writes the tree of a commit, below the folder this was opened for, into an empty folder. Links
   * are not written.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public void export(ObjectId commit, Path target) {
    try (RevWalk walk = new RevWalk(repository);
        TreeWalk tree = new TreeWalk(repository)) {
      tree.addTree(walk.parseCommit(commit).getTree());
      tree.setRecursive(true);
      Path root = target.toAbsolutePath().normalize();
      Files.createDirectories(root);
      while (tree.next()) {
        String path = tree.getPathString();
        FileMode mode = tree.getFileMode(0);
        boolean file = isFile(mode);
        Path destination =
            root.resolve(path.startsWith(prefix) ? path.substring(prefix.length()) : path)
                .normalize();
        if (!file || !path.startsWith(prefix) || !destination.startsWith(root)) {
          continue;
        }
        Files.createDirectories(destination.getParent());
        try (var out = Files.newOutputStream(destination)) {
          repository.open(tree.getObjectId(0)).copyTo(out);
        }
        if (mode == FileMode.EXECUTABLE_FILE && !destination.toFile().setExecutable(true)) {
          throw new IOException("cannot make executable: " + destination);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFile(FileMode mode) {
    return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
  }

  @Override
  public void close() {
    repository.close();
  }

  private final class RevisionSource implements Source {
    private final ObjectId commit;
    private final String name;

    RevisionSource(ObjectId commit, String name) {
      this.commit = commit;
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<String> files() {
      try (RevWalk walk = new RevWalk(repository);
          TreeWalk tree = new TreeWalk(repository)) {
        tree.addTree(walk.parseCommit(commit).getTree());
        tree.setRecursive(true);
        List<String> files = new ArrayList<>();
        while (tree.next()) {
          String path = tree.getPathString();
          if (path.startsWith(prefix) && isFile(tree.getFileMode(0))) {
            files.add(path.substring(prefix.length()));
          }
        }
        files.sort(String::compareTo);
        return files;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public byte[] read(String path) {
      if (path.isEmpty() || path.startsWith("/")) { // which a tree walk takes for its caller's bug
        throw absent(path);
      }
      try (RevWalk walk = new RevWalk(repository);
          TreeWalk tree =
              TreeWalk.forPath(repository, prefix + path, walk.parseCommit(commit).getTree())) {
        if (tree == null || !isFile(tree.getFileMode(0))) {
          throw absent(path);
        }
        ObjectLoader loader = repository.open(tree.getObjectId(0));
        if (loader.getSize() > DocumentReader.MAX_BYTES) {
          throw new InputException(
              Location.of(path),
              "the file is larger than " + DocumentReader.MAX_BYTES + " bytes",
              "split it");
        }
        return loader.getBytes(DocumentReader.MAX_BYTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private InputException absent(String path) {
      return new InputException(
          Location.of(path), "no such file in revision " + name, "check the path");
    }
  }
}
