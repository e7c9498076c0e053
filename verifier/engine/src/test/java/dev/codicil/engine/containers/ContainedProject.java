package dev.codicil.engine.containers;

import dev.codicil.engine.Options;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import dev.codicil.storm.run.RunListener;
import dev.codicil.verdict.AmendmentVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A till that asks a stock of two nodes, as a user would declare both. */
final class ContainedProject {
  static final String TOKEN = "tok-3f9a77c1";

  private static final String AS_IMAGE =
      """
          image: IMAGE
          pull: never
      """;

  private final Path dir;

  private ContainedProject(Path dir, boolean there) throws IOException {
    this.dir = dir;
    if (!there) {
      make();
    }
  }

  /** Makes one. */
  ContainedProject(Path dir) throws IOException {
    this(dir, false);
  }

  /** One that was made already. */
  static ContainedProject at(Path dir) throws IOException {
    return new ContainedProject(dir, true);
  }

  private void make() throws IOException {
    write(
        "contracts/openapi/stock.yaml",
        """
        openapi: 3.0.3
        info: { title: stock, version: "1" }
        paths:
          /stock/1:
            get:
              responses:
                "200":
                  description: what is left
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [id, left]
                        properties: { id: { type: integer }, left: { type: integer } }
          /moves:
            post:
              responses:
                "201":
                  description: booked
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [id]
                        properties: { id: { type: integer } }
        """);
    write(
        "Dockerfile",
        """
        ARG JRE
        FROM $JRE
        COPY classes /app
        ENV NODE=-
        CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx48m", "-cp", "/app", "MAIN", "8080"]
        """
            .replace("MAIN", ContainedService.class.getName()));
    String type = ContainedService.class.getName().replace('.', '/') + ".class";
    Path copy = dir.resolve("classes").resolve(type);
    Files.createDirectories(Objects.requireNonNull(copy.getParent()));
    try (InputStream in = ContainedService.class.getClassLoader().getResourceAsStream(type)) {
      Files.write(copy, Objects.requireNonNull(in).readAllBytes());
    }
    write(
        "chaos-profiles/few.yaml",
        """
        version: 1
        name: few
        faults:
          - { fault: kill, on: consumer, parameters: { at: after } }
          - { fault: kill, on: upstream, parameters: { at: during } }
          - { fault: pause, on: upstream }
          - { fault: rolling-restart, on: upstream }
          - { fault: partition, on: upstream }
        """);
    amendment("FORGETS: \"yes\"");
  }

  /** Amends the stock of the head by its environment. */
  ContainedProject amendment(String env) throws IOException {
    write(
        "contracts/amendments/kept/amendment.yaml",
        """
        version: 1
        title: Kept elsewhere
        sides: { head: { subjects: { stock: { env: { ENV } } } } }
        """
            .replace("ENV", env));
    return this;
  }

  /** Both services are processes of this machine. */
  ContainedProject asProcesses() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return declare(
        """
            command: JAVA -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx48m -cp classes MAIN {port}
        """
            .replace("JAVA", java)
            .replace("MAIN", ContainedService.class.getName()));
  }

  /** Both are containers of an image. */
  ContainedProject asContainers(String image) throws IOException {
    return declare(AS_IMAGE.replace("IMAGE", image));
  }

  private ContainedProject declare(String how) throws IOException {
    write(
        "codicil.yaml",
        """
        version: 1
        contracts: contracts/
        subjects:
          stock:
        HOW    nodes: 2
            env: { NODE: "{node}", TOKEN: "${TOKEN}" }
            ready: GET /health
            effects:
              moved: { of: POST /moves, read: GET /count, pointer: /moves, change: 1 }
          till:
        HOW    nodes: 2
            env: { NODE: "{node}", STOCK: "{upstream.stock}" }
            ready: GET /health
            upstreams: { stock: {} }
            probes:
              buy: { request: GET /basket, held: { status: 200 }, refused: { status: 503 } }
        profiles: [few]
        """
            .replace("HOW", how.stripTrailing() + "\n"));
    return this;
  }

  void write(String file, String text) throws IOException {
    Path path = dir.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.writeString(path, text);
  }

  String read(String file) throws IOException {
    return Files.readString(dir.resolve(file));
  }

  private Options options() {
    return Options.defaults(dir.resolve("out"));
  }

  AmendmentVerdict verify() throws InterruptedException {
    Verification verification =
        new Verification(ProjectReader.read(dir), Map.of("TOKEN", TOKEN)::get, RunListener.SILENT);
    return verification.verify(verification.amendments(null).get(0), options());
  }

  /** What the last verification recorded. */
  List<Event> history() {
    return HistoryLog.read(options().history("kept"));
  }

  /** What was printed by a node. */
  String log(String name) throws IOException {
    return Files.readString(options().history("kept").resolve("logs").resolve(name + ".log"));
  }
}
