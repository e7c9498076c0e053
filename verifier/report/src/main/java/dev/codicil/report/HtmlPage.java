package dev.codicil.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What every page has around its content: one offline file without scripts. */
final class HtmlPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private HtmlPage() {}

  /**
   * Everything before the content.
   *
   * @param title of the window, before the product's name
   * @param skip what the link says that skips the head
   * @param motto beside the product's name
   */
  static void begin(StringBuilder out, String title, String skip, String motto) {
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(POLICY)
        .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
        .append(Escape.html(title))
        .append(" \u00b7 Codicil</title>\n<style>\n")
        .append(style())
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
   */
  static void end(StringBuilder out, String schema, String twin) {
    out.append("</main>\n<footer class=\"quiet\">Format ")
        .append(Escape.html(schema))
        .append(" \u00b7 the same in <code>")
        .append(twin)
        .append("</code>, for programs \u00b7 offline, no scripts</footer>\n</body>\n</html>\n");
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing beside this class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
