package dev.codicil.pactbroker;

import dev.codicil.pactbroker.BrokerFailure.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges with a broker: bounded in time and bytes, the login given to its own origin only.
 * Redirects are followed by hand, since {@link HttpClient} would send the login along.
 */
final class BrokerHttp {
  static final String HAL = "application/hal+json";
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> SAME_METHOD = Set.of(307, 308);

  private final BrokerAddress broker;
  private final Limits limits;
  private final HttpClient client;
  private final long end;
  private long left;

  BrokerHttp(BrokerAddress broker, Limits limits) {
    this.broker = broker;
    this.limits = limits;
    this.left = limits.allBytes();
    this.end = System.nanoTime() + limits.overall().toNanos();
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limits.request())
            .build();
  }

  /**
   * An answer.
   *
   * @param at where it came from, after redirects
   * @param type media type, in lower case; empty when it has none
   */
  record Answer(URI at, int status, String type, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Asks, again and again as far as allowed where the broker failed: what asks only can be
   * repeated.
   *
   * @param body sent with a POST; null for GET
   */
  Answer ask(URI uri, @Nullable String body) throws BrokerFailure {
    for (int attempt = 0; ; attempt++) {
      try {
        Answer answer = once(uri, body == null ? "GET" : "POST", body);
        if (!failed(answer.status()) || attempt >= limits.retries()) {
          return answer;
        }
      } catch (BrokerFailure failure) {
        boolean passing = failure.kind() == Kind.UNREACHED || failure.kind() == Kind.UNANSWERED;
        if (!passing || attempt >= limits.retries()) {
          throw failure;
        }
      }
      pause(attempt);
    }
  }

  /** Whether a status is about the broker, and not about what was asked. */
  static boolean failed(int status) {
    return status >= 500 || status == 429;
  }

  /** Waits before another try; longer each time, and never past the end. */
  void pause(int attempt) throws BrokerFailure {
    Duration wait = limits.pause().multipliedBy(1L << Math.min(attempt, 6));
    if (wait.toNanos() >= end - System.nanoTime()) {
      throw late(broker.base());
    }
    try {
      TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /** One exchange, with the redirects it needs. */
  Answer once(URI first, String method, @Nullable String body) throws BrokerFailure {
    URI uri = first;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<byte[]> response = exchange(uri, method, body);
      if (!REDIRECTS.contains(response.statusCode())) {
        left -= response.body().length;
        return new Answer(
            uri,
            response.statusCode(),
            response.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT),
            response.body());
      }
      URI next = location(uri, response);
      boolean sameMethod = SAME_METHOD.contains(response.statusCode());
      if (body != null && (!sameMethod || !broker.owns(next))) {
        throw new BrokerFailure(
            Kind.REFUSED,
            "what is sent to " + shown(uri) + " is redirected to " + shown(next),
            "name the address of the broker itself");
      }
      uri = next;
    }
    throw new BrokerFailure(
        Kind.REFUSED,
        shown(first) + " is redirected more than " + MOST_REDIRECTS + " times",
        "check the address of the broker");
  }

  private URI location(URI from, HttpResponse<byte[]> response) throws BrokerFailure {
    String location = response.headers().firstValue("location").orElse("");
    try {
      URI next = from.resolve(location);
      if (!location.isEmpty() && next.getHost() != null && !downgrades(from, next)) {
        return next;
      }
    } catch (IllegalArgumentException malformed) {
      // told below
    }
    throw new BrokerFailure(
        Kind.REFUSED,
        shown(from) + " is redirected to where nothing may be asked",
        "check the address of the broker");
  }

  private static boolean downgrades(URI from, URI to) {
    String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
    return !scheme.equals("https")
        && !(scheme.equals("http") && "http".equalsIgnoreCase(from.getScheme()));
  }

  private HttpResponse<byte[]> exchange(URI uri, String method, @Nullable String body)
      throws BrokerFailure {
    long nanos = Math.min(limits.request().toNanos(), end - System.nanoTime());
    if (nanos <= 0) {
      throw late(uri);
    }
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(uri);
    } catch (IllegalArgumentException unusable) {
      throw new BrokerFailure(Kind.REFUSED, "a link of the broker leads to no URL", "");
    }
    request.header("Accept", HAL + ", application/json;q=0.9").header("User-Agent", "codicil");
    Login login = broker.login();
    if (login != null && broker.owns(uri)) {
      request.header("Authorization", login.header());
    }
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(body));
    }
    long most = Math.min(limits.bytes(), left);
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(
            request.timeout(Duration.ofNanos(nanos)).build(), head -> new BoundedBody(most));
    try {
      return coming.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      coming.cancel(true);
      throw slow(uri);
    } catch (ExecutionException failed) {
      throw told(uri, failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException interrupted) {
      coming.cancel(true);
      throw interrupted();
    }
  }

  /** Whoever interrupts wants an end, and no further try. */
  private static BrokerFailure interrupted() {
    Thread.currentThread().interrupt();
    return new BrokerFailure(Kind.REFUSED, "interrupted while the broker was asked", "");
  }

  private BrokerFailure told(URI uri, Throwable cause) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof BoundedBody.TooLong) {
        return new BrokerFailure(
            Kind.REFUSED,
            shown(uri)
                + " answers with more than "
                + Math.min(limits.bytes(), left)
                + " bytes, of "
                + limits.allBytes()
                + " that are read in all",
            "narrow the selectors");
      }
      if (one instanceof SSLException) {
        return new BrokerFailure(
            Kind.UNREACHED,
            "no secure connection to " + shown(uri) + ": " + plain(one),
            "have Java trust its certificate, such as by javax.net.ssl.trustStore");
      }
      if (one instanceof HttpConnectTimeoutException
          || one instanceof ConnectException
          || one instanceof UnresolvedAddressException) {
        return new BrokerFailure(
            Kind.UNREACHED,
            "no connection to " + shown(uri),
            "check the address of the broker, and whether it is up");
      }
      if (one instanceof HttpTimeoutException) {
        return slow(uri);
      }
    }
    return new BrokerFailure(
        Kind.UNANSWERED,
        shown(uri) + " broke off its answer: " + plain(cause),
        "check whether it is a Pact Broker, and up");
  }

  private BrokerFailure slow(URI uri) {
    return new BrokerFailure(
        Kind.UNANSWERED,
        shown(uri) + " did not answer within " + limits.request().toMillis() + " ms",
        "check whether the broker is up, or give it longer by timeout");
  }

  private BrokerFailure late(URI uri) {
    return new BrokerFailure(
        Kind.UNANSWERED,
        "the broker took longer than "
            + limits.overall().toMillis()
            + " ms in all; the last thing asked for is "
            + shown(uri),
        "check whether the broker is up, or give it longer by timeout");
  }

  /** An address for people: without query, where some brokers put tokens. */
  String shown(URI uri) {
    String authority = String.valueOf(uri.getRawAuthority());
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return redacted(
        uri.getScheme() + "://" + authority.substring(authority.indexOf('@') + 1) + path);
  }

  /** A text of the broker for people: one line, bounded, without secrets. */
  String redacted(String text) {
    Login login = broker.login();
    String clean = login == null ? text : login.redacted(text);
    String line = clean.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > 300 ? line.substring(0, 300) + "..." : line;
  }

  private String plain(Throwable cause) {
    return redacted(String.valueOf(cause.getMessage()));
  }
}
