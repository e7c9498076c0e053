package dev.codicil.storm.run;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The ways in which a secret may be written. */
final class CanaryForms {
  static final String PLAIN = "as it is";

  private static final String[] HASHES = {"MD5", "SHA-1", "SHA-256"};

  /** Characters of base64 before the first that the secret alone decides, by alignment. */
  private static final int[] FOREIGN = {0, 2, 3};

  private CanaryForms() {}

  /** What may be found, and what it is called; the plainest name where forms are the same. */
  static Map<String, String> of(String secret) {
    Map<String, String> forms = new LinkedHashMap<>();
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    put(forms, secret, PLAIN);
    put(forms, new String(JsonStringEncoder.getInstance().quoteAsString(secret)), PLAIN);
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    put(forms, url, "URL-encoded");
    put(forms, url.replace("+", "%20"), "URL-encoded");
    put(forms, lowerEscapes(url.replace("+", "%20")), "URL-encoded");
    hex(forms, bytes, "hex");
    for (int alignment = 0; alignment < 3; alignment++) {
      byte[] shifted = new byte[alignment + bytes.length];
      System.arraycopy(bytes, 0, shifted, alignment, bytes.length);
      int end = shifted.length * 8 / 6;
      String standard = Base64.getEncoder().encodeToString(shifted);
      put(forms, standard.substring(Math.min(FOREIGN[alignment], end), end), "base64");
      String safe = Base64.getUrlEncoder().encodeToString(shifted);
      put(forms, safe.substring(Math.min(FOREIGN[alignment], end), end), "base64");
    }
    for (String name : HASHES) {
      byte[] hash = hash(name, bytes);
      hex(forms, hash, name + " as hex");
      put(forms, Base64.getEncoder().withoutPadding().encodeToString(hash), name + " as base64");
      put(forms, Base64.getUrlEncoder().withoutPadding().encodeToString(hash), name + " as base64");
    }
    return forms;
  }

  private static void put(Map<String, String> forms, String form, String name) {
    forms.putIfAbsent(form, name);
  }

  private static void hex(Map<String, String> forms, byte[] bytes, String name) {
    String hex = HexFormat.of().formatHex(bytes);
    put(forms, hex, name);
    put(forms, hex.toUpperCase(Locale.ROOT), name);
  }

  private static String lowerEscapes(String url) {
    StringBuilder text = new StringBuilder(url);
    for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 1)) {
      for (int j = i + 1; j < Math.min(text.length(), i + 3); j++) {
        text.setCharAt(j, Character.toLowerCase(text.charAt(j)));
      }
    }
    return text.toString();
  }

  private static byte[] hash(String name, byte[] bytes) {
    try {
      return MessageDigest.getInstance(name).digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
