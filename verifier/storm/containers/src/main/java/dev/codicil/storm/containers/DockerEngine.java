package dev.codicil.storm.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import dev.codicil.storm.run.ContainerEngine;
import dev.codicil.storm.run.ContainerFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.utility.DockerImageName;

/** A Docker engine on this machine. */
final class DockerEngine implements ContainerEngine {
  /** Label of everything that Codicil starts; its value is the lane. */
  static final String LANE = "dev.codicil.lane";

  private static final String HOST = "host.docker.internal";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String NETWORK = "bridge";
  private static final long PULL_MINUTES = 15;

  private final DockerClient docker;
  private final @Nullable InetAddress gateway;

  private DockerEngine(DockerClient docker, @Nullable InetAddress gateway) {
    this.docker = docker;
    this.gateway = gateway;
  }

  /**
   * An engine that answers.
   *
   * @param address where ports that it publishes are found
   * @throws ContainerFailure when that is not this machine
   */
  static DockerEngine of(DockerClient docker, String address) {
    boolean here;
    try {
      here = InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      here = false;
    }
    if (!here) {
      throw new ContainerFailure(
          "the Docker engine publishes ports at "
              + address
              + ", which is not this machine: its containers could not reach the fault proxies",
          "use an engine on this machine");
    }
    return new DockerEngine(docker, gateway(docker));
  }

  /** Of the network that containers are in by default, where this machine is part of it. */
  private static @Nullable InetAddress gateway(DockerClient docker) {
    Network network =
        asked(
            "its network '" + NETWORK + "' is not to be had",
            () -> docker.inspectNetworkCmd().withNetworkId(NETWORK).exec());
    if (network.getIpam() == null || network.getIpam().getConfig() == null) {
      return null;
    }
    for (Network.Ipam.Config one : network.getIpam().getConfig()) {
      String text = one.getGateway();
      try {
        if (text != null && text.indexOf(':') < 0) {
          InetAddress address = InetAddress.getByName(text);
          // With an engine in a machine of its own, as Docker Desktop has it, it is not here.
          return NetworkInterface.getByInetAddress(address) == null ? null : address;
        }
      } catch (IOException notHere) {
        return null;
      }
    }
    return null;
  }

  @Override
  public String host() {
    return HOST;
  }

  @Override
  public Optional<InetAddress> gateway() {
    return Optional.ofNullable(gateway);
  }

  @Override
  public String image(String name, Pull pull) {
    if (pull == Pull.ALWAYS) {
      pull(name);
    }
    String id = present(name);
    if (id == null && pull == Pull.MISSING) {
      pull(name);
      id = present(name);
    }
    if (id == null) {
      throw new ContainerFailure(
          "there is no image '" + name + "' on this machine",
          pull == Pull.NEVER
              ? "build it, give the subject a 'build' that does, or let it be pulled: 'pull: missing'"
              : "build it, or give the subject a 'build' that does");
    }
    return id;
  }

  private @Nullable String present(String name) {
    try {
      return docker.inspectImageCmd(name).exec().getId();
    } catch (NotFoundException absent) {
      return null;
    } catch (RuntimeException e) {
      throw failure("the image '" + name + "' cannot be looked at", e);
    }
  }

  private void pull(String name) {
    try {
      DockerImageName parsed = DockerImageName.parse(name);
      parsed.assertValid();
      boolean done =
          docker
              .pullImageCmd(parsed.getUnversionedPart())
              .withTag(parsed.getVersionPart())
              .exec(new PullImageResultCallback())
              .awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES);
      if (!done) {
        throw new ContainerFailure(
            "the image '" + name + "' was not pulled within " + PULL_MINUTES + " minutes",
            "pull it by hand: docker pull " + name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContainerFailure("interrupted while pulling " + name, "start again");
    } catch (ContainerFailure said) {
      throw said;
    } catch (RuntimeException e) {
      throw new ContainerFailure(
          "the image '" + name + "' is not on this machine and cannot be pulled: " + said(e),
          "check its name, build it, or pull it by hand: docker pull " + name);
    }
  }

  @Override
  public Running start(Wanted wanted) {
    String shown = "the container of '" + wanted.labels().getOrDefault("subject", "") + "'";
    String id = asked(shown + " cannot be made", () -> create(wanted).exec().getId());
    boolean started = false;
    try {
      try {
        docker.startContainerCmd(id).exec();
      } catch (RuntimeException e) {
        throw failure(shown + " cannot be started", e);
      }
      InspectContainerResponse seen =
          asked(shown + " cannot be looked at", () -> docker.inspectContainerCmd(id).exec());
      LogStream output = new LogStream();
      asked(
          "what it prints cannot be read",
          () ->
              docker
                  .logContainerCmd(id)
                  .withStdOut(true)
                  .withStdErr(true)
                  .withFollowStream(true)
                  .exec(output.taking()));
      started = true;
      return new DockerContainer(docker, id, port(seen, wanted.port()), output);
    } finally {
      if (!started) {
        discard(id);
      }
    }
  }

  private void discard(String id) {
    try {
      docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (RuntimeException stays) {
      // Removed with its lane.
    }
  }

  private CreateContainerCmd create(Wanted wanted) {
    List<Bind> binds = new ArrayList<>();
    binds.add(bind(wanted.folder(), wanted.folder().toAbsolutePath().toString()));
    Path hosts = wanted.hosts();
    if (hosts != null) {
      binds.add(bind(hosts, "/etc/hosts"));
    }
    ExposedPort inside = ExposedPort.tcp(wanted.port());
    HostConfig host =
        HostConfig.newHostConfig()
            .withPortBindings(new PortBinding(Ports.Binding.bindIp(LOOPBACK), inside))
            .withExtraHosts(HOST + ":" + (gateway == null ? "host-gateway" : text(gateway)))
            .withBinds(binds);
    List<String> env = new ArrayList<>();
    wanted.env().forEach((name, value) -> env.add(name + "=" + value));
    Map<String, String> labels = new TreeMap<>();
    wanted.labels().forEach((name, value) -> labels.put("dev.codicil." + name, value));
    labels.put(LANE, wanted.lane());
    CreateContainerCmd create =
        docker
            .createContainerCmd(wanted.image())
            .withHostName(wanted.hostname())
            .withEnv(env)
            .withExposedPorts(inside)
            .withLabels(labels)
            .withHostConfig(host);
    return wanted.command().isEmpty() ? create : create.withCmd(wanted.command());
  }

  private static Bind bind(Path here, String there) {
    return new Bind(here.toAbsolutePath().toString(), new Volume(there));
  }

  private static String text(InetAddress address) {
    return Objects.requireNonNull(address.getHostAddress());
  }

  /**
   * One that has ended by now has no port; that it ended is found out later, with what it printed.
   */
  private static int port(InspectContainerResponse seen, int inside) {
    Ports.Binding[] bound =
        seen.getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(inside));
    return bound == null || bound.length == 0 || bound[0].getHostPortSpec() == null
        ? 1
        : Integer.parseInt(bound[0].getHostPortSpec());
  }

  @Override
  public int remove(String lane) {
    Map<String, String> label = Map.of(LANE, lane);
    List<Container> all =
        asked(
            "containers cannot be listed",
            () -> docker.listContainersCmd().withShowAll(true).withLabelFilter(label).exec());
    all.forEach(container -> discard(container.getId()));
    List<Container> left =
        all.isEmpty()
            ? all
            : asked(
                "containers cannot be listed",
                () -> docker.listContainersCmd().withShowAll(true).withLabelFilter(label).exec());
    if (!left.isEmpty()) {
      throw new ContainerFailure(
          left.size() + " containers labelled " + LANE + "=" + lane + " could not be removed",
          "remove them by hand: docker rm -f");
    }
    return all.size();
  }

  static <T> T asked(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      throw failure(what, e);
    }
  }

  static ContainerFailure failure(String what, RuntimeException e) {
    return new ContainerFailure(what + ": " + said(e), "see what the Docker engine says");
  }

  /** What the engine answered, in one line. */
  private static String said(RuntimeException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    String text = String.valueOf(deepest.getMessage()).replaceAll("\\s+", " ").trim();
    return text.isEmpty() ? deepest.getClass().getSimpleName().toLowerCase(Locale.ROOT) : text;
  }
}
