package dev.codicil.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;

/** A base that was released as a jar of contracts. */
final class BaseArtifact {
  private final RepositorySystem repositories;
  private final MavenSession session;
  private final MavenProject project;

  BaseArtifact(RepositorySystem repositories, MavenSession session, MavenProject project) {
    this.repositories = repositories;
    this.session = session;
    this.project = project;
  }

  /**
   * Resolves and unpacks it.
   *
   * @param coordinates {@code groupId:artifactId:version[:classifier]}
   * @param below folder in which it is unpacked
   * @return the folder; nothing when no such artifact was ever released
   * @throws MojoExecutionException when it is there and cannot be had
   */
  Optional<Path> folder(String coordinates, Path below) throws MojoExecutionException {
    String[] parts = coordinates.split(":", -1);
    DefaultArtifact artifact =
        new DefaultArtifact(parts[0], parts[1], parts.length > 3 ? parts[3] : "", "jar", parts[2]);
    Path jar;
    try {
      jar =
          repositories
              .resolveArtifact(
                  session.getRepositorySession(),
                  new ArtifactRequest(artifact, project.getRemoteProjectRepositories(), "codicil"))
              .getArtifact()
              .getFile()
              .toPath();
    } catch (ArtifactResolutionException e) {
      List<Exception> causes = e.getResult().getExceptions();
      if (!causes.isEmpty()
          && causes.stream().allMatch(ArtifactNotFoundException.class::isInstance)) {
        return Optional.empty();
      }
      throw new MojoExecutionException(
          "the base " + coordinates + " cannot be had: " + e.getMessage(), e);
    }
    Path folder = below.resolve("base").toAbsolutePath().normalize();
    try {
      delete(folder);
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new MojoExecutionException("cannot unpack the base into " + folder, e);
    }
    return Optional.of(BaseFolders.unpack(jar, folder));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
