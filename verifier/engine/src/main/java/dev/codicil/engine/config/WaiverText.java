package dev.codicil.engine.config;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code codicil-waivers.yaml} as text, ready to be pasted.
 *
 * @param fingerprint of the finding
 * @param finding what it is about, for people
 * @param amendment the only amendment it is to hold for; null for all
 * @param consumers whom it may hit
 * @param reason why it need not gate; blank when somebody still has to say
 * @param owner who answers for it; blank when somebody still has to say
 * @param expires the last day, {@code YYYY-MM-DD}
 */
public record WaiverText(
    String fingerprint,
    String finding,
    @Nullable String amendment,
    Set<String> consumers,
    String reason,
    String owner,
    String expires) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Set<String> NOT_TEXT =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");
  private static final int MOST = 300;

  public WaiverText {
    consumers = Collections.unmodifiableSet(new TreeSet<>(consumers));
  }

  /** The lines of the entry, without ends of lines. */
  public List<String> lines() {
    return List.of(
        "- fingerprint: " + quoted(fingerprint),
        "  finding: " + quoted(cut(finding)),
        "  scope: { "
            + (amendment == null ? "" : "amendment: " + word(amendment) + ", ")
            + "consumers: ["
            + String.join(", ", consumers.stream().map(WaiverText::word).toList())
            + "] }",
        "  reason: " + quoted(reason) + (reason.isBlank() ? "  # why it need not gate" : ""),
        "  owner: " + quoted(owner) + (owner.isBlank() ? "  # who answers for it" : ""),
        "  expires: " + expires);
  }

  private static String cut(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
  }

  private static String word(String text) {
    return PLAIN.matcher(text).matches() && !NOT_TEXT.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : quoted(text);
  }

  /** In double quotes; what is not plain text is escaped, so that no text can become an entry. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
              } else if (c == ' ' || Character.isLetterOrDigit(c) || c > ' ' && c < 0x7f) {
                out.appendCodePoint(c);
              } else {
                out.append(c > 0xffff ? String.format("\\U%08X", c) : String.format("\\u%04X", c));
              }
            });
    return out.append('"').toString();
  }
}
