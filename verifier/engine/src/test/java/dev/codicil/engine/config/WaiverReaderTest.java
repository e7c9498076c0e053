package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.verdict.Waiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaiverReaderTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
  private static final String ENTRY =
      """
      # what we bear for a while
      - fingerprint: "3f2a91c0de"
        finding: "broken: shop -> licenses: a license, in calm"
        scope: { amendment: rename, consumers: [shop, portal] }
        reason: the shop is retired in March
        owner: ada
        expires: 2027-03-31
      """;

  private static List<Waiver> read(String text) {
    return WaiverReader.read("w.yaml", text.getBytes(StandardCharsets.UTF_8), TODAY);
  }

  private static InputException refused(String text) {
    return catchThrowableOfType(InputException.class, () -> read(text));
  }

  @Test
  void everyKeyIsRead() {
    List<Waiver> waivers = read(ENTRY);

    assertThat(waivers).hasSize(1);
    Waiver waiver = waivers.get(0);
    assertThat(waiver.fingerprint()).isEqualTo("3f2a91c0de");
    assertThat(waiver.amendment()).isEqualTo("rename");
    assertThat(waiver.consumers()).containsExactlyInAnyOrder("shop", "portal");
    assertThat(waiver.reason()).isEqualTo("the shop is retired in March");
    assertThat(waiver.owner()).isEqualTo("ada");
    assertThat(waiver.expires()).isEqualTo(LocalDate.parse("2027-03-31"));
    assertThat(waiver.location().line()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# all waived things are mended\n", "[]", "---\n"})
  void aFileWithoutEntriesHasNoWaivers(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void aFolderWithoutTheFileHasNoWaivers(@TempDir Path folder) {
    assertThat(WaiverReader.read(folder, TODAY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reason", "owner", "expires", "finding", "fingerprint", "scope"})
  void aMissingKeyIsToldAtTheEntry(String key) {
    String without =
        ENTRY.replaceFirst("(?m)^(- |  )" + key + ": .*\n", key.equals("fingerprint") ? "-\n" : "");

    InputException error = refused(without);

    assertThat(error.location().line()).isBetween(2, 3);
    assertThat(error.what()).contains("'" + key + "'").contains("missing");
  }

  @ParameterizedTest
  @CsvSource({
    "ada, ' ', 6, 'owner'",
    "the shop is retired in March, '\"\"', 5, 'reason'",
    "2027-03-31, 2027-02-30, 7, no date",
    "2027-03-31, never, 7, no date",
    "2027-03-31, 2027-12-28, 7, more than 400 days",
    "3f2a91c0de, 3F2A91C0DE, 2, no fingerprint",
    "3f2a91c0de, e, 2, no fingerprint",
    "'\"3f2a91c0de\"', 1234567890, 2, 'fingerprint'",
    "'consumers: [shop', 'tags: [a], consumers: [shop', 4, unknown key 'tags'",
    "'consumers: [shop, portal]', 'consumers: []', 4, consumers",
  })
  void anUnusableEntryIsToldAtItsLine(String old, String now, int line, String told) {
    InputException error = refused(ENTRY.replace(old, now.isBlank() ? "\" \"" : now));

    assertThat(error).isNotNull();
    assertThat(error.getMessage()).contains(told);
    assertThat(error.location().line()).isEqualTo(line);
  }

  @Test
  void fourHundredDaysAreTheMost() {
    assertThat(read(ENTRY.replace("2027-03-31", "2027-12-27"))).hasSize(1);
  }

  @Test
  void aFingerprintIsWaivedOnceForAnAmendment() {
    InputException error = refused(ENTRY + ENTRY);

    assertThat(error.location().line()).isEqualTo(9);
    assertThat(error.what()).contains("waived already at w.yaml:2");
    assertThat(refused(ENTRY + ENTRY.replace("amendment: rename, ", ""))).isNotNull();
    assertThat(read(ENTRY + ENTRY.replace("rename", "another"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: b\n", "- a\n", "- [\n", "&a [*a]", "\u0000", "- !!java.net.URL x\n"})
  void whatIsNoListOfWaiversIsOneLocatedError(String text) {
    assertThat(refused(text)).isNotNull();
  }
}
