package dev.codicil.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseFoldersTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "com.shop:contracts:1.2.0,true",
    "com.shop:contracts:1.2.0:pacts,true",
    "origin/main,false",
    "v1.2.0,false",
    "HEAD:contracts,false",
    "C:\\\\base,false"
  })
  void coordinatesAreToldFromRevisionsAndFolders(String base, boolean coordinates) {
    assertThat(BaseFolders.isCoordinates(base)).isEqualTo(coordinates);
  }

  @Test
  void aJarIsLaidOutAsItIs() throws IOException {
    Path jar = jar("contracts/openapi/catalog.yaml", "openapi: 3.0.3");

    Path folder = BaseFolders.unpack(jar, Files.createDirectory(dir.resolve("base")));

    assertThat(folder.resolve("contracts/openapi/catalog.yaml")).hasContent("openapi: 3.0.3");
  }

  @Test
  void aNameThatLeadsOutOfTheFolderIsRefused() throws IOException {
    Path jar = jar("../../outside.yaml", "openapi: 3.0.3");
    Path base = Files.createDirectories(dir.resolve("a/base"));

    assertThatThrownBy(() -> BaseFolders.unpack(jar, base))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("base.jar")
        .hasMessageContaining("leads out of it");
    assertThat(dir.resolve("outside.yaml")).doesNotExist();
  }

  @Test
  void whatIsNoJarIsRefused() throws IOException {
    Path jar = Files.writeString(dir.resolve("base.jar"), "no zip");

    assertThatThrownBy(() -> BaseFolders.unpack(jar, dir.resolve("base")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is no jar");
  }

  private Path jar(String name, String content) throws IOException {
    Path jar = dir.resolve("base.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return jar;
  }
}
