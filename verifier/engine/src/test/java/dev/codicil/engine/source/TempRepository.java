package dev.codicil.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;

/** A git repository of a test, on a branch called main. */
final class TempRepository implements AutoCloseable {
  private final Path root;
  private final Git git;

  TempRepository(Path root) throws GitAPIException {
    this.root = root;
    this.git = Git.init().setDirectory(root.toFile()).setInitialBranch("main").call();
  }

  TempRepository write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  ObjectId commit(String message) throws GitAPIException {
    git.add().addFilepattern(".").call();
    return git.commit()
        .setMessage(message)
        .setAuthor("Ada", "ada@example.org")
        .setCommitter("Ada", "ada@example.org")
        .setSign(false)
        .call()
        .getId();
  }

  Git git() {
    return git;
  }

  /** Makes the clone shallow at a commit, as {@code git clone --depth} would. */
  TempRepository shallowAt(ObjectId commit) throws IOException {
    Files.writeString(root.resolve(".git/shallow"), commit.name() + "\n");
    return this;
  }

  @Override
  public void close() {
    git.close();
  }
}
