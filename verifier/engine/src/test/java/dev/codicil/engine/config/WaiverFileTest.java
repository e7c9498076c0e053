package dev.codicil.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.verdict.Waiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaiverFileTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  @TempDir Path folder;

  private static WaiverText entry(String fingerprint, String text) {
    return new WaiverText(fingerprint, text, "rename", Set.of("shop"), text, text, "2026-12-22");
  }

  private Path file() {
    return folder.resolve(WaiverReader.FILE);
  }

  private InputException refused(String before) throws Exception {
    Files.writeString(file(), before);
    InputException error =
        catchThrowableOfType(
            InputException.class, () -> WaiverFile.append(folder, entry("3f2a91c0de", "x"), TODAY));
    assertThat(file()).hasContent(before);
    return error;
  }

  @Test
  void theFileIsMadeWhenItIsNotThere() throws Exception {
    Waiver written = WaiverFile.append(folder, entry("3f2a91c0de", "a reason"), TODAY);

    assertThat(written.location()).hasToString("codicil-waivers.yaml:2:3");
    assertThat(WaiverReader.read(folder, TODAY)).containsExactly(written);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void whatStandsThereStaysByteForByte() throws Exception {
    WaiverFile.append(folder, entry("3f2a91c0de", "one"), TODAY);
    String before =
        "# ours\n\n" + Files.readString(file()).replace("owner:", "owner:   ") + "  # the end";
    Files.writeString(file(), before);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));

    WaiverFile.append(folder, entry("0000000001", "two"), TODAY);

    assertThat(Files.readString(file())).startsWith(before + "\n- fingerprint: \"0000000001\"\n");
    assertThat(WaiverReader.read(folder, TODAY))
        .extracting(Waiver::reason)
        .containsExactly("one", "two");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-rw-r--");
  }

  @Test
  void anIndentedListAndItsEndsOfLinesAreContinued() throws Exception {
    String one = String.join("\r\n  ", entry("3f2a91c0de", "one").lines());
    Files.writeString(file(), "# ours\r\n  " + one + "\r\n");

    WaiverFile.append(folder, entry("0000000001", "two"), TODAY);

    assertThat(Files.readString(file())).contains("\r\n  - fingerprint: \"0000000001\"\r\n");
    assertThat(WaiverReader.read(folder, TODAY)).hasSize(2);
  }

  @Test
  void noTextBecomesMoreThanAText() {
    String hostile = "\"\n- fingerprint: \\ # \u0000 \u2028 \u202e \ud83d\ude00 \t\u0085'";

    WaiverFile.append(folder, entry("3f2a91c0de", hostile), TODAY);

    List<Waiver> waivers = WaiverReader.read(folder, TODAY);
    assertThat(waivers).hasSize(1);
    assertThat(waivers.get(0).reason()).isEqualTo(hostile);
    assertThat(waivers.get(0).owner()).isEqualTo(hostile);
  }

  @Test
  void aListInBracketsIsRefusedAndLeftAsItIs() throws Exception {
    assertThat(refused("[]").remedy()).isNotEmpty();
    assertThat(refused("[ ]\n").what()).contains("could not be read");
  }

  @Test
  void whatIsWaivedAlreadyIsRefused() throws Exception {
    String before = String.join("\n", entry("3f2a91c0de", "one").lines()) + "\n";

    assertThat(refused(before).what()).contains("waived already");
  }

  @Test
  void anEntryWithoutReasonIsNotWritten() {
    InputException error =
        catchThrowableOfType(
            InputException.class, () -> WaiverFile.append(folder, entry("3f2a91c0de", ""), TODAY));

    assertThat(error.what()).contains("blank");
    assertThat(file()).doesNotExist();
  }
}
