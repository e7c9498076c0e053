package dev.codicil.storm.containers;

import dev.codicil.storm.run.ContainerEngine;
import dev.codicil.storm.run.ContainerFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * Finds the engine where Testcontainers finds it: DOCKER_HOST, its own settings, the usual sockets,
 * Docker Desktop, rootless Docker. Asked once in the life of this process.
 */
public final class DockerEngines implements ContainerEngine.Finder {
  private static final long SECONDS = 30;

  private static @Nullable ContainerEngine found;
  private static @Nullable ContainerFailure missing;

  @Override
  public ContainerEngine find() {
    return findOnce();
  }

  private static synchronized ContainerEngine findOnce() {
    ContainerFailure failed = missing;
    if (failed != null) {
      throw failed;
    }
    ContainerEngine known = found;
    if (known != null) {
      return known;
    }
    try {
      ContainerEngine made =
          CompletableFuture.supplyAsync(DockerEngines::look).get(SECONDS, TimeUnit.SECONDS);
      found = made;
      return made;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw remembered(
          cause instanceof ContainerFailure said ? said : none(String.valueOf(cause.getMessage())));
    } catch (TimeoutException e) {
      throw remembered(none("it did not answer within " + SECONDS + " s"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw none("interrupted");
    }
  }

  private static ContainerFailure remembered(ContainerFailure failure) {
    missing = failure;
    return failure;
  }

  private static ContainerFailure none(String why) {
    String host = System.getenv("DOCKER_HOST");
    return new ContainerFailure(
        "no Docker engine answers"
            + (host == null ? "" : " at DOCKER_HOST=" + host)
            + ": "
            + why.lines().findFirst().orElse("").trim(),
        "start one that this user may use ('docker version' has to show a server), or set"
            + " DOCKER_HOST");
  }

  private static ContainerEngine look() {
    List<DockerClientProviderStrategy> ways = new ArrayList<>();
    ServiceLoader.load(
            DockerClientProviderStrategy.class, DockerClientProviderStrategy.class.getClassLoader())
        .forEach(ways::add);
    DockerClientProviderStrategy way = DockerClientProviderStrategy.getFirstValidStrategy(ways);
    return DockerEngine.of(way.getDockerClient(), way.getDockerHostIpAddress());
  }
}
