package dev.codicil.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does a whole small job, so that the launcher's class data archive holds what real ones need: two
 * contracts, one changed, both sides played by stubs on loopback. Starts no process and leaves
 * nothing behind.
 */
final class WarmUp {
  private static final String PROVIDER =
      """
      openapi: 3.1.0
      info: { title: warm-up, version: 1.0.0 }
      paths:
        /things/{id}:
          get:
            parameters: [{ name: id, in: path, required: true, schema: { type: string }, example: a }]
            responses:
              '200':
                description: a thing
                content:
                  application/json:
                    schema: { type: object, required: [name], properties: { name: { type: string } } }
                    example: { name: a }
      """;
  private static final String CONSUMER =
      """
      {"consumer": {"name": "reader"}, "provider": {"name": "things"},
       "interactions": [{"description": "a thing", "request": {"method": "GET", "path": "/things/a"},
         "response": {"status": 200, "headers": {"Content-Type": "application/json"}, "body": {"name": "a"},
           "matchingRules": {"body": {"$.name": {"matchers": [{"match": "type"}]}}}}}],
       "metadata": {"pactSpecification": {"version": "3.0.0"}}}
      """;
  private static final String AMENDMENT =
      """
      version: 1
      title: warm-up
      sides: { head: { contracts: . } }
      profiles: [outage]
      """;

  private WarmUp() {}

  static int run() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    try {
      Path project = Files.createTempDirectory("codicil-warm-up");
      try {
        write(project, "contracts/things.yaml", PROVIDER);
        write(project, "contracts/reader.json", CONSUMER);
        write(project, "contracts/amendments/warm-up/amendment.yaml", AMENDMENT);
        write(
            project,
            "contracts/amendments/warm-up/openapi/things.yaml",
            PROVIDER.replace("type: string } } }", "type: integer } } }"));
        String folder = project.toString();
        for (List<String> args :
            List.of(
                List.of("--help"),
                List.of("plan", "--project", folder),
                List.of("profiles", "--project", folder),
                List.of("diff", folder + "/contracts", folder + "/contracts/amendments/warm-up"),
                List.of("verify", "--project", folder))) {
          Main.run(args.toArray(String[]::new), nowhere, nowhere);
        }
      } finally {
        delete(project);
      }
      return ExitCode.PASS;
    } catch (IOException e) {
      return ExitCode.SOFTWARE; // the launcher then runs without an archive
    }
  }

  private static void write(Path project, String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static void delete(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
