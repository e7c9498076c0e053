package dev.codicil.storm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryScanTest {
  private static final String SECRET = "q7Zk2LmP9xWt4RvB8nYc3HsD6fJg1TaE";
  private static final CanaryScan SCAN = new CanaryScan().add("key", "", SECRET, true);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> forms(CanaryScan scan, String text) {
    return scan.in(utf8(text)).stream().map(CanaryScan.Hit::form).distinct().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void base64IsFoundAtEveryAlignmentInBothAlphabets(int before) {
    byte[] text = utf8("x".repeat(before) + SECRET + "yz");

    assertThat(forms(SCAN, "a=" + Base64.getEncoder().encodeToString(text) + ";"))
        .containsExactly("base64");
    assertThat(forms(SCAN, Base64.getUrlEncoder().withoutPadding().encodeToString(text)))
        .containsExactly("base64");
  }

  @Test
  void hashesAreFoundAsHexAndBase64() throws Exception {
    for (String name : List.of("MD5", "SHA-1", "SHA-256")) {
      byte[] hash = MessageDigest.getInstance(name).digest(utf8(SECRET));
      String hex = HexFormat.of().formatHex(hash);
      assertThat(forms(SCAN, "h " + hex)).containsExactly(name + " as hex");
      assertThat(forms(SCAN, hex.toUpperCase(Locale.ROOT))).containsExactly(name + " as hex");
      assertThat(forms(SCAN, hex.substring(0, 8))).containsExactly(name + " as hex");
      assertThat(forms(SCAN, Base64.getEncoder().encodeToString(hash)))
          .containsExactly(name + " as base64");
    }
  }

  @Test
  void hexAndUrlEncodingAreFound() {
    String odd = "p/4 Q+7=ü%8x9Y2z1";
    CanaryScan scan = new CanaryScan().add("odd", "", odd, true);
    String url = URLEncoder.encode(odd, StandardCharsets.UTF_8);

    assertThat(forms(scan, url)).contains("URL-encoded");
    assertThat(forms(scan, url.toLowerCase(Locale.ROOT).replace("q", "Q").replace("y", "Y")))
        .contains("URL-encoded");
    assertThat(forms(scan, odd)).containsExactly(CanaryForms.PLAIN);
    assertThat(forms(SCAN, HexFormat.of().formatHex(utf8(SECRET)))).containsExactly("hex");
  }

  @Test
  void eightCharactersAreEnoughAndSevenAreNot() {
    for (int from = 0; from + 8 <= SECRET.length(); from++) {
      String part = SECRET.substring(from, from + 8);
      assertThat(forms(SCAN, "<" + part + ">")).containsExactly(CanaryForms.PLAIN);
      assertThat(SCAN.in(utf8("<" + part.substring(1) + ">"))).isEmpty();
    }
  }

  @Test
  void aWordThatIsASecretCountsAsAWholeOnly() {
    CanaryScan scan = new CanaryScan().add("password", "", "postgres-password", false);

    assertThat(forms(scan, "connecting to postgres with password")).isEmpty();
    assertThat(forms(scan, "it is postgres-password!")).containsExactly(CanaryForms.PLAIN);
    assertThat(forms(scan, "it is postgres-passwords")).containsExactly(CanaryForms.PLAIN);
  }

  @Test
  void whatLiesAcrossTheEndsOfReadsIsFoundByteByByte() {
    CanaryScan.Passing passing = new CanaryScan.Passing();
    CanaryScan.Hit found = null;
    for (byte one : utf8("line one\nkey " + SECRET.substring(0, 9))) {
      CanaryScan.Hit hit = passing.next(SCAN, one);
      found = found == null ? hit : found;
    }

    assertThat(found).isNotNull();
    assertThat(found.from()).isEqualTo(13);
    assertThat(found.to()).isEqualTo(21);
  }

  @Test
  void whatIsFoundIsTakenOutWhole() {
    assertThat(SCAN.without("ü key=" + SECRET + "; key=" + SECRET.substring(0, 10) + " ü"))
        .isEqualTo("ü key=" + Redactor.MARK + "; key=" + Redactor.MARK + " ü");
    assertThat(SCAN.without("nothing here")).isEqualTo("nothing here");
  }

  @Test
  void ordinaryBytesAreNeverFound() {
    long seed = 20261122;
    byte[] bytes = new byte[4 << 20];
    new Random(seed).nextBytes(bytes);
    CanaryScan scan = new CanaryScan();
    for (int i = 0; i < 60; i++) {
      scan.add("key" + i, "", Integer.toString(i, 36) + SECRET + i, true);
    }

    assertThat(scan.in(bytes)).as("seed %d", seed).isEmpty();
    byte[] text = utf8("abcdefgh ".repeat(100_000));
    assertThat(scan.in(text)).isEmpty();
    assertThat(scan.in(Arrays.copyOf(text, 7))).isEmpty();
  }
}
