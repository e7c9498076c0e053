package dev.codicil.chaos;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One half of a hook: what is done to the world, or what undoes it. */
public sealed interface HookAction {

  /** What an action is written as, for errors. */
  String EXPECTED =
      "a command, such as sh chaos/stop-database.sh, or METHOD URL [BODY], such as"
          + " POST http://127.0.0.1:8474/proxies/db {\"enabled\":false}";

  /** An address, or a placeholder that stands for one, and what follows it. */
  Pattern URL =
      Pattern.compile("(https?://[^/?#\\s]+|\\{subject\\.[^{}\\s]+}|\\$\\{\\w+})([/?]\\S*)?");

  /** The methods by which an HTTP request is told from a command. */
  Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /**
   * A program with its arguments; no shell stands between.
   *
   * @param words program and arguments, at least the program
   */
  record Command(List<String> words) implements HookAction {
    public Command {
      words = List.copyOf(words);
      if (words.isEmpty()) {
        throw new IllegalArgumentException("there is no program to start");
      }
    }
  }

  /**
   * An HTTP request, which a 2xx status answers well.
   *
   * @param method in upper case
   * @param url where to, with placeholders not yet filled in
   * @param body JSON; empty for none
   */
  record Call(String method, String url, String body) implements HookAction {}

  /**
   * Reads an action: {@code METHOD URL [BODY]} is a request, everything else a command.
   *
   * @throws IllegalArgumentException with what was expected
   */
  static HookAction parse(String text) {
    String[] parts = text.strip().split("\\s+", 3);
    if (parts.length >= 2 && METHODS.contains(parts[0])) {
      return new Call(parts[0], url(parts[1]), parts.length == 3 ? parts[2] : "");
    }
    List<String> words = CommandWords.split(text);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("it is blank; expected " + EXPECTED);
    }
    return new Command(words);
  }

  private static String url(String written) {
    if (URL.matcher(written).matches()) {
      return written;
    }
    throw new IllegalArgumentException(
        "'" + written + "' is no address; expected http://HOST[:PORT]/... or {subject.NAME}/...");
  }
}
