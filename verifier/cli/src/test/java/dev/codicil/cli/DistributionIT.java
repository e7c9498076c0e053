package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that users download, unpacked where there is neither Maven nor a repository. */
class DistributionIT {
  @TempDir Path folder;

  @Test
  void theArchiveRunsWhereItIsUnpackedAndSaysWhatIsInIt() throws Exception {
    Path home = unpacked();
    Path launcher = home.resolve("codicil");
    Files.setPosixFilePermissions(
        launcher, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
    Path before = Files.writeString(folder.resolve("before.yaml"), document("a"));
    Path after = Files.writeString(folder.resolve("after.yaml"), document("b"));

    assertThat(run(launcher, "--version")).containsExactly("codicil 0.1.0-SNAPSHOT", "exit 0");
    assertThat(run(launcher, "diff", before.toString(), after.toString()))
        .anyMatch(line -> line.contains("breaking  path-removed  GET /a"))
        .endsWith("exit 1");

    JsonNode bom = new ObjectMapper().readTree(Files.readAllBytes(home.resolve("bom.json")));
    assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    List<String> listed = bom.path("components").findValuesAsText("name");
    try (var jars = Files.list(home.resolve("lib"))) {
      List<String> names =
          jars.map(jar -> jar.getFileName().toString()).filter(n -> n.endsWith(".jar")).toList();
      assertThat(names).hasSizeGreaterThan(50);
      assertThat(names)
          .as("every jar of the archive is in its bill of materials")
          .allMatch(name -> listed.stream().anyMatch(name::startsWith));
    }
    assertThat(home.resolve("lib/kafka-broker/bom.json")).exists();
    assertThat(home.resolve("lib/contract-code/bom.json")).exists();
  }

  private static String document(String path) {
    return """
        openapi: 3.0.3
        info: { title: t, version: "1" }
        paths: { /%s: { get: { responses: { "200": { description: ok } } } } }
        """
        .formatted(path);
  }

  private Path unpacked() throws IOException {
    Path archive = Path.of("target/codicil-0.1.0-SNAPSHOT.zip");
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Path file = folder.resolve(entry.getName()).normalize();
        assertThat(file).startsWithRaw(folder);
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        try (InputStream bytes = zip.getInputStream(entry)) {
          Files.copy(bytes, file);
        }
      }
    }
    return folder.resolve("codicil-0.1.0-SNAPSHOT");
  }

  private List<String> run(Path launcher, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("PATH", "/usr/bin:/bin");
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    List<String> lines = new ArrayList<>(Files.readAllLines(out));
    lines.add("exit " + process.exitValue());
    return lines;
  }
}
