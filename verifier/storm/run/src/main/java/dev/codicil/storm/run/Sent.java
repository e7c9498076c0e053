package dev.codicil.storm.run;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Subject;
import dev.codicil.history.CellRecord.Ended;
import dev.codicil.storm.proxy.CallResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One scenario on its way: what was sent where, and what came of it.
 *
 * @param late whether it took longer than the budget
 */
record Sent(Scenario scenario, Subject subject, Duration budget, CallResult result, boolean late) {
  /** Reply header in which the proxy marks an answer of its own. */
  private static final String PROXY_HEADER = "x-codicil-proxy";

  /** How the exchange ended, as the consumer would have it. */
  Ended ended() {
    if (late) {
      return Ended.TIMED_OUT;
    }
    return switch (result.ended()) {
      case REPLIED -> nobodyListened() ? Ended.DISCONNECTED : Ended.REPLIED;
      case TIMED_OUT -> Ended.TIMED_OUT;
      case DISCONNECTED -> Ended.DISCONNECTED;
      case GARBLED -> Ended.GARBLED;
      case REFUSED -> Ended.NOT_SENT;
    };
  }

  /** A client without the proxy would have found no connection where the proxy answers 502. */
  private boolean nobodyListened() {
    HttpReply reply = result.reply();
    return reply != null
        && reply.headers().first(PROXY_HEADER).orElse("").equals("upstream-refused");
  }

  /** The reply, when a whole one came in time. */
  @Nullable HttpReply reply() {
    return ended() == Ended.REPLIED ? result.reply() : null;
  }

  /** The request with the subject's own headers. */
  HttpRequest shown() {
    HttpRequest plain = scenario.request();
    Headers headers = plain.headers();
    for (Map.Entry<String, String> own : subject.headers().entrySet()) {
      headers = headers.with(own.getKey(), own.getValue());
    }
    return new HttpRequest(plain.method(), plain.target(), headers, plain.body());
  }

  /** A subject's own headers carry credentials by declaration: sent, never recorded. */
  Set<String> hidden() {
    Set<String> names = new HashSet<>();
    subject.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return names;
  }
}
