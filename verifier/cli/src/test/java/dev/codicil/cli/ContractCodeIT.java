package dev.codicil.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Json;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.engine.Formats;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.engine.source.ContractPrograms;
import dev.codicil.engine.source.FolderSource;
import dev.codicil.engine.source.ForkedPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contracts that are programs, really run, as the packaged command finds what runs them. */
class ContractCodeIT {
  private static final Path FIXTURES = Path.of("src/test/resources/contract-code");
  private static final String FOLDER = "contracts/scc/licenses/shop/";
  private static final String FINE =
      "org.springframework.cloud.contract.spec.Contract.make {"
          + " request { method GET(); url '/fine' }; response { status 200 } }\n";
  private static final String FINE_IN_KOTLIN =
      "org.springframework.cloud.contract.spec.ContractDsl.contract {"
          + " request { method = GET; url = url(\"/fine\") }; response { status = OK } }\n";

  @TempDir Path root;

  private static ContractPrograms programs(int contractSeconds, int seconds) {
    return ForkedPrograms.in(
        Path.of("target/lib/contract-code").toAbsolutePath(),
        new ForkedPrograms.Limits(contractSeconds, seconds));
  }

  private static ContractLoader.Loaded load(Path folder, ContractPrograms programs) {
    return new ContractLoader(Formats.builtIn(), programs)
        .load("base", new FolderSource(folder, folder.toString()), "");
  }

  /** All that a contract says, without where and in which words. */
  private static List<String> model(ContractLoader.Loaded loaded) {
    List<String> model = new ArrayList<>();
    for (Contract contract : loaded.contracts()) {
      for (Interaction interaction : contract.interactions()) {
        String messages;
        if (interaction instanceof HttpInteraction http) {
          messages =
              http.method()
                  + " "
                  + http.path()
                  + List.of(
                      http.parameters(), http.requestBody(), http.responses(), http.exemplars());
        } else {
          MessageInteraction message = (MessageInteraction) interaction;
          messages = message.metadata() + " " + message.content();
        }
        model.add(
            contract.provider()
                + " "
                + contract.consumer()
                + " "
                + interaction.key()
                + " "
                + interaction.description()
                + "\n"
                + messages.replaceAll("Location\\[[^]]*]|contracts/\\S*?:[0-9:]+", ""));
      }
    }
    return model;
  }

  /** How many interactions and problems each contract file has. */
  private static List<String> loadedFiles(ContractLoader.Loaded loaded) {
    return loaded.entries().stream()
        .filter(entry -> entry.fate() == Ledger.Fate.LOADED)
        .map(entry -> entry.interactions() + " " + entry.problems().size())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"groovy", "java", "kts"})
  void aProgramIsReadLikeTheSameContractInYaml(String language) {
    ContractLoader.Loaded yaml = load(FIXTURES.resolve("yaml"), programs(60, 120));

    ContractLoader.Loaded read = load(FIXTURES.resolve(language), programs(60, 120));

    assertThat(model(yaml)).hasSize(5);
    assertThat(model(read)).isEqualTo(model(yaml));
    assertThat(loadedFiles(read)).isEqualTo(loadedFiles(yaml)).hasSize(4);
    assertThat(read.contracts().get(0).interactions().get(0).location().file())
        .isEqualTo(FOLDER + "find." + language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"groovy", "kts"})
  void theCommandRunsProgramsOnlyWhenItIsTold(String language) throws Exception {
    String base = CodicilProcess.ROOT.relativize(FIXTURES.toAbsolutePath()).toString();
    String[] diff = {"diff", base + "/" + language, base + "/yaml", "--format", "json"};
    String[] allowed = {"diff", "--allow-contract-code", diff[1], diff[2], "--format", "json"};

    JsonNode with = Json.mapper().readTree(CodicilProcess.run(root, allowed).out());
    JsonNode without = Json.mapper().readTree(CodicilProcess.run(root, diff).out());

    assertThat(with.path("changes")).isEmpty();
    assertThat(fates(with)).containsEntry("find." + language, "LOADED").hasSize(9);
    assertThat(fates(without)).containsEntry("find." + language, "UNREADABLE");
    assertThat(without.toString()).contains("--allow-contract-code runs it");
  }

  private static Map<String, String> fates(JsonNode diff) {
    Map<String, String> fates = new TreeMap<>();
    for (JsonNode entry : diff.path("ledger").path("entries")) {
      String file = entry.path("file").asText();
      fates.put(file.substring(file.lastIndexOf('/') + 1), entry.path("fate").asText());
    }
    return fates;
  }

  private void write(String name, String text) throws Exception {
    Path file = root.resolve(FOLDER + name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, String> told(ContractPrograms programs) {
    Map<String, String> told = new TreeMap<>();
    for (Ledger.Entry entry : load(root, programs).entries()) {
      String name = entry.file().substring(FOLDER.length());
      told.put(
          name, entry.fate() + (entry.problems().isEmpty() ? "" : " " + entry.problems().get(0)));
    }
    return told;
  }

  @Test
  void whatAContractDoesBesideCostsNoOtherContract() throws Exception {
    write("deletes.groovy", "new File('..').deleteDir(); new File('.').deleteDir()\n" + FINE);
    write("env.groovy", "assert System.getenv().keySet() == ['LC_ALL'] as Set\n" + FINE);
    write("exits.groovy", "System.exit(0)\n" + FINE);
    write("fine.groovy", FINE);
    write("forks.groovy", "'sleep 60'.execute()\n" + FINE);
    write("memory.groovy", "def a = []; 1000.times { a << new byte[1 << 20] }\n" + FINE);
    write("prints.groovy", "println 'x' * 100\nSystem.err.println 'y'\n" + FINE);
    Files.write(root.resolve(FOLDER + "latin.groovy"), (FINE + "// \u00e9").getBytes(ISO_8859_1));
    write("random.groovy", FINE.replace("'/fine'", "\"/${UUID.randomUUID()}\""));
    write("syntax.groovy", FINE + "\n}");
    write("threads.groovy", "Thread.start { Thread.sleep(500); Runtime.runtime.halt(3) }\n" + FINE);
    write(
        "wrong.java",
        "import org.springframework.cloud.contract.spec.Contract;\nclass wrong { int x = \"\"; }");

    Map<String, String> told = told(programs(60, 120));

    String at = "UNREADABLE " + FOLDER;
    assertThat(told)
        .containsEntry("deletes.groovy", "LOADED")
        .containsEntry("env.groovy", "LOADED")
        .containsEntry("fine.groovy", "LOADED")
        .containsEntry("prints.groovy", "LOADED")
        .containsEntry("threads.groovy", "LOADED");
    assertThat(told.get("exits.groovy"))
        .startsWith(at + "exits.groovy: its code ended the process it ran in (exit code 0)");
    assertThat(told.get("forks.groovy"))
        .startsWith(at + "forks.groovy: its code starts other processes");
    assertThat(told.get("memory.groovy"))
        .startsWith(at + "memory.groovy: its code needs more memory");
    assertThat(told.get("latin.groovy"))
        .startsWith(at + "latin.groovy: it cannot be read, or is not valid UTF-8");
    assertThat(told.get("random.groovy"))
        .startsWith(
            at + "random.groovy: its code gives other values each time it is run, first at");
    assertThat(told.get("syntax.groovy")).startsWith(at + "syntax.groovy:3:1: does not compile");
    assertThat(told.get("wrong.java")).startsWith(at + "wrong.java:2:");
    assertThat(told).hasSize(12);
  }

  @Test
  @Tag("scheduled") // starts the compiler of Kotlin again and again
  void whatAContractInKotlinDoesBesideCostsNoOtherContract() throws Exception {
    write("deletes.kts", "java.io.File(\"..\").deleteRecursively()\n" + FINE_IN_KOTLIN);
    write("env.kts", "check(System.getenv().keys == setOf(\"LC_ALL\"))\n" + FINE_IN_KOTLIN);
    write("exits.kts", "kotlin.system.exitProcess(0)\n" + FINE_IN_KOTLIN);
    write("fine.groovy", FINE);
    write("fine.kts", FINE_IN_KOTLIN);
    write("forgets.kts", "val it = " + FINE_IN_KOTLIN);
    write("forks.kts", "ProcessBuilder(\"sleep\", \"60\").start()\n" + FINE_IN_KOTLIN);
    write("memory.kts", "val a = List(1000) { ByteArray(1 shl 20) }\n" + FINE_IN_KOTLIN);
    write("prints.kts", "println(\"x\".repeat(100)); System.err.println()\n" + FINE_IN_KOTLIN);
    Files.write(
        root.resolve(FOLDER + "latin.kts"), (FINE_IN_KOTLIN + "// \u00e9").getBytes(ISO_8859_1));
    write("random.kts", FINE_IN_KOTLIN.replace("/fine", "/${java.util.UUID.randomUUID()}"));
    write("source.kt", "import org.springframework.cloud.contract.spec.ContractDsl");
    write("syntax.kts", FINE_IN_KOTLIN + "\n}");
    write("text.kts", FINE_IN_KOTLIN.replace("/fine", "/${value(c(\"a\"), p(\"b\"))}"));
    write(
        "threads.kts",
        "Thread { Thread.sleep(500); Runtime.getRuntime().halt(3) }.start()\n" + FINE_IN_KOTLIN);
    write("throws.kts", "\nval none: String? = null\nnone!!.length\n" + FINE_IN_KOTLIN);
    write("types.kts", "val x: Int =\n  \"\"\n" + FINE_IN_KOTLIN);

    Map<String, String> told = told(programs(60, 240));

    String at = "UNREADABLE " + FOLDER;
    assertThat(told)
        .containsEntry("deletes.kts", "LOADED")
        .containsEntry("env.kts", "LOADED")
        .containsEntry("fine.groovy", "LOADED")
        .containsEntry("fine.kts", "LOADED")
        .containsEntry("prints.kts", "LOADED")
        .containsEntry("threads.kts", "LOADED");
    assertThat(told.get("exits.kts"))
        .startsWith(at + "exits.kts: its code ended the process it ran in (exit code 0)");
    assertThat(told.get("forgets.kts"))
        .startsWith(at + "forgets.kts: makes a contract and does not give it");
    assertThat(told.get("forks.kts")).startsWith(at + "forks.kts: its code starts other processes");
    assertThat(told.get("memory.kts")).startsWith(at + "memory.kts: its code needs more memory");
    assertThat(told.get("latin.kts"))
        .startsWith(at + "latin.kts: it cannot be read, or is not valid UTF-8");
    assertThat(told.get("random.kts"))
        .startsWith(at + "random.kts: its code gives other values each time it is run, first at");
    assertThat(told.get("source.kt"))
        .startsWith(at + "source.kt: Spring Cloud Contract reads contracts in Kotlin from scripts");
    assertThat(told.get("syntax.kts")).startsWith(at + "syntax.kts:3:1: does not compile");
    assertThat(told.get("text.kts"))
        .startsWith("LOADED " + FOLDER + "text.kts:1: a text has a value with two sides in it");
    assertThat(told.get("throws.kts"))
        .startsWith(at + "throws.kts:3: its code failed: NullPointerException");
    assertThat(told.get("types.kts"))
        .startsWith(at + "types.kts:1:12: does not compile: ")
        .contains("'String'", "'Int'");
    assertThat(told).hasSize(17);
  }

  @Test
  @Tag("scheduled") // starts the compiler of Kotlin again and again
  void whatTheDslOfKotlinDrawsIsTheSameInEveryProcess() throws Exception {
    write(
        "drawn.kts",
        """
        org.springframework.cloud.contract.spec.ContractDsl.contract {
          request {
            method = POST
            url = url(value(regex("/[a-z]{3,9}")))
            headers { header("X-Id", anyUuid) }
            body = body(listOf(anyAlphaUnicode, anyAlphaNumeric, anyNumber, anyDouble, anyHex,
              aBoolean, anyIpAddress, anyHostname, anyEmail, anyUrl, anyDateTime, anyTime,
              anyNonBlankString, anyNonEmptyString, anyOf("a", "b", "c"), anUrl, v(uuid)))
          }
          response {
            status = OK
            body = body("id" to anyUuid, "more" to v(optional(regex("[a-z]{5}"))))
          }
        }
        """);

    List<String> first = model(load(root, programs(60, 60)));

    assertThat(first).hasSize(1);
    assertThat(model(load(root, programs(60, 60)))).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"groovy", "kts"})
  void aContractThatNeverEndsIsEnded(String language) throws Exception {
    write("loops." + language, "while (true) { }\n" + fine(language));

    assertThat(told(programs(5, 30)).get("loops." + language))
        .startsWith(
            "UNREADABLE " + FOLDER + "loops." + language + ": its code takes longer than 5 s");
  }

  @ParameterizedTest
  @CsvSource({
    "groovy,new FileOutputStream(FileDescriptor.out).write('{\"end\": true}\\n'.bytes)",
    "kts,java.io.FileOutputStream(java.io.FileDescriptor.out).write(\"{}\\n\".toByteArray())"
  })
  void aContractThatWritesPastSystemOutIsNotBelieved(String language, String code)
      throws Exception {
    write("forges." + language, code + "\n" + fine(language));

    assertThat(told(programs(60, 60)).get("forges." + language))
        .startsWith(
            "UNREADABLE " + FOLDER + "forges." + language + ": its code writes where only answers");
  }

  private static String fine(String language) {
    return language.equals("kts") ? FINE_IN_KOTLIN : FINE;
  }
}
