package dev.codicil.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes text of contracts and subjects harmless in each format. Nothing else in this package writes
 * foreign text.
 */
final class Escape {
  private Escape() {}

  /**
   * One line in which everything can be seen: control characters, line breaks and characters that
   * turn or hide text become escapes such as {@code \u001b} and {@code \n}.
   */
  static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(point -> appendVisible(out, point));
    return out.toString();
  }

  private static void appendVisible(StringBuilder out, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(escaped(point));
      default -> {
        if (noncharacter(point)) {
          out.append(escaped(point));
        } else {
          out.appendCodePoint(point);
        }
      }
    }
  }

  /** Code points that are never characters (Unicode, section 23.7); XML refuses some of them. */
  private static boolean noncharacter(int point) {
    return (point & 0xfffe) == 0xfffe || point >= 0xfdd0 && point <= 0xfdef;
  }

  private static String escaped(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(point > 0xffff ? "\\u{%x}" : "\\u%04x", point);
    };
  }

  /** For terminals and build logs: visible, and no command to the CI that reads the log. */
  static String console(String text) {
    return visible(text).replaceAll("(?<=:):", " :").replace("##[", "## [");
  }

  /** The lines of a text, each for the terminal. */
  static List<String> consoleLines(String text) {
    List<String> lines = new ArrayList<>();
    text.lines().forEach(line -> lines.add(console(line.replace("\t", "  "))));
    return lines;
  }

  /** For HTML text and quoted attributes, on one line. */
  static String html(String text) {
    return entities(visible(text));
  }

  /** For {@code <pre>}: like {@link #html}, keeping line breaks and tabs. */
  static String htmlBlock(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\t') {
                out.appendCodePoint(point);
              } else {
                appendVisible(out, point);
              }
            });
    return entities(out.toString());
  }

  /** For the text and the quoted attributes of XML 1.0, on one line. */
  static String xml(String text) {
    return html(text);
  }

  private static String entities(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString().replaceAll("(?<=:):", "&#58;").replace("##[", "#&#35;[");
  }

  /**
   * For GitHub-flavored Markdown, in paragraphs and table cells alike: no markup, no HTML, no link,
   * no mention, no formula, no command to the CI.
   */
  static String markdown(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    String shown = visible(text);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '|' -> out.append("&#124;");
        case '`' -> out.append("&#96;");
        case '@' -> out.append("@&#8288;"); // a word joiner: GitHub notifies nobody
        case '\\', '*', '_', '[', ']', '~', '#', '$', '!' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString()
        .replaceAll("(?<=:):", "\\\\:")
        .replace("://", "\\://")
        .replace("www.", "www\\.");
  }

  /** Markdown text set as code; where mentions and issue numbers are left alone. */
  static String markdownCode(String text) {
    return "<code>" + markdown(text) + "</code>";
  }

  /**
   * For what is posted on GitHub: like {@link #markdown}, and no reference to an issue either. A
   * backslash does not keep GitHub from making links of {@code #1} and {@code GH-1}; a word joiner
   * does.
   */
  static String github(String text) {
    return markdown(text).replace("\\#", "#&#8288;").replaceAll("(?i)(gh)-(?=[0-9])", "$1&#8288;-");
  }

  /** The same where no Markdown is read, as between the tags of a {@code <summary>}. */
  static String githubHtml(String text) {
    return html(text)
        .replaceAll("#(?=[0-9])(?<!&#)", "#&#8288;")
        .replaceAll("(?i)(gh)-(?=[0-9])", "$1&#8288;-")
        .replace("@", "@&#8288;")
        .replace("://", ":&#8288;//")
        .replace("www.", "www&#8288;.");
  }

  /** A block of code in Markdown that nothing in the text can end; it ends with a line break. */
  static String fence(String language, String text) {
    String code = String.join("\n", consoleLines(text));
    String fence = "```";
    while (code.contains(fence)) {
      fence += "`";
    }
    return fence + language + "\n" + code + "\n" + fence + "\n";
  }

  /** For the message of a workflow command of GitHub Actions. */
  static String command(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '%' -> out.append("%25");
                case '\r' -> out.append("%0D");
                case '\n' -> out.append("%0A");
                default -> appendVisible(out, point);
              }
            });
    return out.toString().replace("##[", "## [");
  }

  /** For a property of a workflow command of GitHub Actions. */
  static String commandProperty(String text) {
    return command(text).replace(":", "%3A").replace(",", "%2C");
  }

  /** For a URI reference: a relative path stays one, and cannot become anything else. */
  static String uri(String path) {
    StringBuilder out = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || "-._~/".indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /**
   * Shortens a text, saying by how much.
   *
   * @param limit characters that are kept at most
   */
  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end) + "... (" + (text.length() - end) + " more characters)";
  }

  /** Shortens a name without a word about it. */
  static String brief(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 4)) ? limit - 4 : limit - 3;
    return text.substring(0, end) + "...";
  }
}
