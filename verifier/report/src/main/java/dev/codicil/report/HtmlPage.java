package dev.codicil.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What every page has around its content: one offline file. Its one script, where there is one, is
 * allowed by its hash and no other is.
 */
final class HtmlPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private static final String SCRIPT = text("report.js");

  private HtmlPage() {}

  /**
   * Everything before the content.
   *
   * @param title of the window, before the product's name
   * @param skip what the link says that skips the head
   * @param motto beside the product's name
   * @param scripted whether the page ends with the script
   */
  static void begin(StringBuilder out, String title, String skip, String motto, boolean scripted) {
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(POLICY)
        .append(scripted ? "; script-src '" + hash(SCRIPT) + "'" : "")
        .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
        .append(Escape.html(title))
        .append(" \u00b7 Codicil</title>\n<style>\n")
        .append(text("report.css"))
        .append("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">")
        .append(skip)
        .append("</a>\n<header class=\"top\"><span class=\"brand\">Codicil</span>")
        .append("<span class=\"quiet\">")
        .append(motto)
        .append("</span></header>\n<main id=\"main\">\n");
  }

  /**
   * Everything after it.
   *
   * @param schema of the same content for programs
   * @param twin what that is called
   * @param scripted whether the page ends with the script
   */
  static void end(StringBuilder out, String schema, String twin, boolean scripted) {
    out.append("</main>\n<footer class=\"quiet\">Format ")
        .append(Escape.html(schema))
        .append(" \u00b7 the same in <code>")
        .append(twin)
        .append("</code>, for programs \u00b7 offline")
        .append(scripted ? "; keys: / filters, j and k step" : ", no scripts")
        .append("</footer>\n");
    if (scripted) {
      out.append("<script>").append(SCRIPT).append("</script>\n");
    }
    out.append("</body>\n</html>\n");
  }

  private static String text(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside this class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a content security policy names a script. */
  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
