package dev.codicil.engine.source;

import dev.codicil.engine.config.GitSource;
import dev.codicil.engine.config.Project;
import dev.codicil.experiment.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * In which tree a subject is built: that of its side or, where it lives in another repository, that
 * of the revision which {@code codicil.yaml} names, on every side alike.
 */
public final class SubjectTrees {
  private final Project project;
  private final Builds builds;
  private final GitFetch fetch;
  private final Map<String, Path> trees = new TreeMap<>();
  private final Map<String, String> commits = new TreeMap<>();
  private final Map<String, String> failures = new TreeMap<>();

  /**
   * @param progress told in one line when something takes long
   */
  public SubjectTrees(Project project, Builds builds, Consumer<String> progress) {
    this.project = project;
    this.builds = builds;
    this.fetch = new GitFetch(project.root().resolve(Builds.CACHE).resolve("git"), progress);
  }

  /** Whether it lives in another repository, so that no amendment of this one changes it. */
  public static boolean elsewhere(Project project, String subject) {
    return project.git().containsKey(subject);
  }

  /**
   * The tree of a subject; fetched once.
   *
   * @throws IOException when its repository cannot be had; the message says why
   */
  public Path of(Subject subject, Sides.Side side) throws IOException {
    GitSource source = project.git().get(subject.name());
    if (source == null) {
      return side.tree();
    }
    Path known = trees.get(subject.name());
    if (known != null) {
      return known;
    }
    String failed = failures.get(subject.name());
    if (failed != null) {
      throw new IOException(failed); // who asks again would only wait again
    }
    GitFetch.Fetched fetched;
    try {
      fetched = fetch.fetch(source);
    } catch (IOException e) {
      failures.put(subject.name(), String.valueOf(e.getMessage()));
      throw e;
    }
    try (GitRepository repository = fetched.repository()) {
      Path tree = builds.tree(repository, fetched.commit(), source.shown());
      trees.put(subject.name(), tree);
      commits.put(subject.name(), fetched.commit().name());
      return tree;
    }
  }

  /** Commits of the subjects that were fetched, by name. */
  public Map<String, String> commits() {
    return new TreeMap<>(commits);
  }
}
