package dev.codicil.engine.config;

import java.util.Locale;
import java.util.Set;

/**
 * A revision of a repository that lives elsewhere: {@code URL#REVISION}.
 *
 * @param url as git takes it: {@code https://}, {@code ssh://}, {@code file://}, or {@code
 *     user@host:path}
 * @param revision tag, branch or commit
 */
public record GitSource(String url, String revision) {
  /** What git may fetch by; a URL must not make it run a command ({@code ext::}). */
  public static final Set<String> PROTOCOLS = Set.of("https", "ssh", "file", "http", "git");

  /**
   * Reads {@code URL#REVISION}.
   *
   * @throws IllegalArgumentException when it is none; the message says why
   */
  public static GitSource parse(String text) {
    int hash = text.lastIndexOf('#');
    if (hash < 1 || hash == text.length() - 1) {
      throw new IllegalArgumentException("'" + text + "' names no revision");
    }
    String url = text.substring(0, hash);
    String revision = text.substring(hash + 1);
    int scheme = url.indexOf("://");
    boolean byScp = scheme < 0 && url.matches("[\\w.-]+@[\\w.-]+:[^:].*");
    if (!byScp
        && (scheme < 0 || !PROTOCOLS.contains(url.substring(0, scheme).toLowerCase(Locale.ROOT)))) {
      throw new IllegalArgumentException("'" + shown(url) + "' is no URL that git may fetch by");
    }
    if (url.startsWith("-")
        || revision.startsWith("-")
        || !(url + revision).chars().allMatch(c -> c > 0x20 && c < 0x7f)
        || revision.contains("..")
        || revision.contains(":")
        || revision.contains("*")) {
      throw new IllegalArgumentException("'" + shown(url) + "#" + revision + "' is no revision");
    }
    return new GitSource(url, revision);
  }

  /** For people: without a user's name and password. */
  public String shown() {
    return shown(url) + "#" + revision;
  }

  /** A text without the user names and passwords of its URLs. */
  public static String shown(String text) {
    return text.replaceAll("(\\w+://)[^/@\\s]*@", "$1");
  }

  /** Whether the revision is a commit, which never moves. */
  public boolean fixed() {
    return revision.matches("[0-9a-f]{40}");
  }
}
