package dev.codicil.chaos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileSchemaTest {
  private static final Path COMMITTED = Path.of("../../chaos-profiles/profile.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ProfileSchema.generate());

  static List<String> builtIn() {
    return BuiltInProfiles.names();
  }

  static List<ProfileReaderTest.Bad> bad() {
    List<ProfileReaderTest.Bad> all = new ArrayList<>(ProfileReaderTest.badFaults());
    all.addAll(ProfileReaderTest.badFiles());
    all.addAll(ProfileLanguageTest.badConditions());
    all.addAll(ProfileLanguageTest.badCombinations());
    all.addAll(ProfileLanguageTest.badLimits());
    all.addAll(LoadLanguageTest.badLoads());
    return all;
  }

  private static JsonNode tree(String yaml) {
    return DocumentReader.read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8)).root();
  }

  /** After a change of a card, write it anew with {@code -Dcodicil.golden=write}. */
  @Test
  void theCommittedSchemaIsTheGeneratedOne() throws IOException {
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.writeString(COMMITTED, ProfileSchema.generate());
    }
    assertThat(Files.readString(COMMITTED)).isEqualTo(ProfileSchema.generate());
  }

  @Test
  void isASchemaOfItsDialect() throws IOException {
    Schema dialect =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));
    assertThat(dialect.validate(Json.mapper().readTree(ProfileSchema.generate()))).isEmpty();
  }

  @Test
  void acceptsAllOfTheLanguage() {
    assertThat(SCHEMA.validate(tree(ProfileLanguageTest.EVERYTHING))).isEmpty();
    assertThat(SCHEMA.validate(tree(LoadLanguageTest.LOADS))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void acceptsTheBuiltInProfiles(String name) {
    assertThat(SCHEMA.validate(tree(BuiltInProfiles.text(name)))).isEmpty();
  }

  /** An editor shows what the reader would say, except where two values contradict each other. */
  @ParameterizedTest
  @MethodSource("bad")
  void refusesWhatTheReaderRefuses(ProfileReaderTest.Bad bad) {
    boolean beyondSchemas =
        bad.message().contains("contradicts itself")
            || bad.message().contains("is the same as that")
            || bad.message().contains("999999999h");
    assertThat(SCHEMA.validate(tree(bad.yaml())).isEmpty()).isEqualTo(beyondSchemas);
  }
}
