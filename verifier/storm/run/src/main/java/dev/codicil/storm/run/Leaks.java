package dev.codicil.storm.run;

import dev.codicil.contract.HttpReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what an error body must not give away. */
final class Leaks {
  /** Traces stand at the beginning; a bound keeps a hostile body cheap. */
  private static final int LOOKED_AT = 64 << 10;

  private static final Map<String, Pattern> TRACES = new LinkedHashMap<>();

  static {
    TRACES.put(
        "a Java stack trace",
        Pattern.compile(
            "\\bat [\\w.$<>/@]{1,300}\\((?:[\\w$]{1,200}\\.(?:java|kt|scala|groovy)(?::\\d+)?"
                + "|Native Method|Unknown Source)\\)"));
    TRACES.put(
        "a Python stack trace",
        Pattern.compile(
            "Traceback \\(most recent call last\\)"
                + "|File \\\\?\"[^\"\\n]{1,300}\\\\?\", line \\d+, in "));
    TRACES.put(
        "a JavaScript stack trace",
        Pattern.compile(
            "\\bat (?:[\\w.$<>\\[\\]]{1,200} )?\\(?(?:file://|node:|/|[A-Za-z]:\\\\)"
                + "[^\\s()]{1,300}:\\d+:\\d+\\)?"));
    TRACES.put("a Go stack trace", Pattern.compile("goroutine \\d+ \\["));
    TRACES.put(
        "a .NET stack trace", Pattern.compile("\\bat [^\\n]{1,300} in [^\\n]{1,300}:line \\d+"));
  }

  private Leaks() {}

  /** Names the leak of an error reply without quoting it; null when there is none. */
  static @Nullable String in(HttpReply reply, Redactor redactor) {
    if (reply.status() < 400 || reply.body().isEmpty()) {
      return null;
    }
    String body = reply.body().utf8();
    if (redactor.finds(body)) {
      return "a secret";
    }
    String start = body.length() > LOOKED_AT ? body.substring(0, LOOKED_AT) : body;
    for (Map.Entry<String, Pattern> trace : TRACES.entrySet()) {
      if (trace.getValue().matcher(start).find()) {
        return trace.getKey();
      }
    }
    return null;
  }
}
