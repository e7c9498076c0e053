package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.codicil.report.Reporters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret that a subject gets from the caller's environment, and gives away in its replies. */
class SecretsInReportsTest {
  /** Every process has it, and nothing here names it otherwise. */
  private static final String VARIABLE = "PATH";

  @TempDir Path project;

  @Test
  void comesBackInNoFormat() throws IOException {
    String secret = System.getenv(VARIABLE);
    assertThat(secret).isNotBlank();
    write("contracts/things.yaml", CONTRACT);
    write(
        "codicil.yaml",
        """
        version: 1
        subjects:
          things:
            command: [%s, -cp, %s, "dev.codicil.cli.SecretsInReportsTest$Leaking", "{port}"]
            env: { SECRET: "${%s}" }
            ready: GET /ready
            startup: 20s
        profiles: []
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of("target", "test-classes").toAbsolutePath(),
                VARIABLE));
    write(
        "contracts/amendments/leaks/amendment.yaml",
        """
        version: 1
        title: an error that says too much
        sides:
          head: { subjects: { things: { env: { LEAKS: "true", SECRET: "${%s}" } } } }
        """
            .formatted(VARIABLE));

    List<String> verify = new ArrayList<>(List.of("verify", "--project", project.toString()));
    Reporters.builtIn().forEach(one -> verify.addAll(List.of("--report", one.id())));
    Cli run = Cli.run(verify.toArray(new String[0]));
    assertThat(run.exit()).describedAs(run.out() + run.err()).isEqualTo(ExitCode.FAIL);

    Path out = project.resolve("target/codicil");
    assertThat(Files.readString(out.resolve("verdict.json"))).contains("[redacted]");
    assertThat(run.out() + run.err()).doesNotContain(secret);
    try (Stream<Path> files = Files.list(out)) {
      List<Path> reports = files.filter(Files::isRegularFile).toList();
      assertThat(reports).hasSize(Reporters.builtIn().size());
      for (Path report : reports) {
        assertThat(Files.readString(report)).as(report.toString()).doesNotContain(secret);
      }
    }
    Reporters.builtIn()
        .forEach(
            one ->
                assertThat(
                        Cli.run("report", "--project", project.toString(), "--format", one.id())
                            .out())
                    .isNotEmpty()
                    .doesNotContain(secret));
  }

  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: { title: things, version: 1.0.0 }
      paths:
        /things:
          get:
            responses:
              '200':
                description: a thing
                content:
                  application/json:
                    schema: { type: object, required: [name], properties: { name: { type: string } } }
      """;

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** The subject: well before; after, its errors quote what it was told to keep. */
  static final class Leaking {
    private Leaking() {}

    public static void main(String[] args) throws IOException {
      boolean leaks = "true".equals(System.getenv("LEAKS"));
      String body =
          "{\"" + (leaks ? "error" : "name") + "\":\"token " + System.getenv("SECRET") + "\"}";
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
              0);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/",
          exchange -> {
            boolean asked = exchange.getRequestURI().getPath().startsWith("/ready");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(leaks && !asked ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
    }
  }
}
