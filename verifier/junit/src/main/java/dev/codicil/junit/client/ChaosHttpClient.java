package dev.codicil.junit.client;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A JDK client whose exchanges are struck in process.
 *
 * <pre>{@code
 * HttpClient client = ChaosHttpClient.chaos(HttpClient.newHttpClient(), "slow-partner");
 * }</pre>
 *
 * <p>The time-out is that of each request, and what goes wrong is thrown as the JDK's own client
 * throws it.
 */
public final class ChaosHttpClient extends HttpClient {
  private static final ExecutorService EXCHANGES =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "codicil-exchange");
            thread.setDaemon(true);
            return thread;
          });

  private final HttpClient client;
  private final ClientStorms storms;

  private ChaosHttpClient(HttpClient client, Chaos chaos, Pause pause) {
    this.client = client;
    this.storms = new ClientStorms(chaos, pause, true);
  }

  /**
   * A client in the weather of some profiles.
   *
   * @param client who really sends
   * @throws dev.codicil.contract.InputException when there is no such profile, or one of its faults
   *     cannot be performed in process
   */
  public static ChaosHttpClient chaos(HttpClient client, String... profiles) {
    return chaos(client, Chaos.of(profiles));
  }

  /**
   * A client in some weather.
   *
   * @param client who really sends
   * @throws dev.codicil.contract.InputException when the weather cannot be read, or not be
   *     performed in process
   */
  public static ChaosHttpClient chaos(HttpClient client, Chaos chaos) {
    return chaos(client, chaos, Pause.REAL);
  }

  static ChaosHttpClient chaos(HttpClient client, Chaos chaos, Pause pause) {
    return new ChaosHttpClient(client, chaos, pause);
  }

  /** What was done so far, one readable line each. */
  public List<String> struck() {
    return storms.struck();
  }

  /** Operations of which nothing can be struck in this weather, {@code METHOD path}. */
  public List<String> spared() {
    return storms.spared();
  }

  ClientStorms storms() {
    return storms;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    dev.codicil.contract.HttpRequest asked = asked(request);
    Duration timeout = request.timeout().orElse(null);
    try {
      Sent sent = new Sent();
      Outcome outcome =
          storms.exchange(
              asked,
              timeout,
              wanted -> {
                HttpResponse<byte[]> response =
                    client.send(
                        changed(request, asked, wanted), HttpResponse.BodyHandlers.ofByteArray());
                sent.response = response;
                return new HttpReply(
                    response.statusCode(),
                    ClientStorms.shown(response.headers().map(), false),
                    Payload.of(response.body()));
              });
      return answer(request, handler, outcome, sent.response);
    } catch (Broken broken) {
      throw asTheClientSaysIt(broken);
    }
  }

  /** What really came, if anything. */
  private static final class Sent {
    private @Nullable HttpResponse<byte[]> response;
  }

  /** As OpenJDK's client says it: what it was doing, and behind that what happened. */
  private static IOException asTheClientSaysIt(Broken broken) {
    if (broken.how() == Broken.How.TIMED_OUT) {
      return new HttpTimeoutException("request timed out");
    }
    IOException cause =
        broken.how() == Broken.How.RESET
            ? new SocketException("Connection reset")
            : new EOFException("EOF reached while reading");
    return new IOException(
        broken.expected() == 0
            ? "HTTP/1.1 header parser received no bytes"
            : "fixed content-length: "
                + broken.expected()
                + ", bytes received: "
                + broken.received(),
        cause);
  }

  private static dev.codicil.contract.HttpRequest asked(HttpRequest request)
      throws IOException, InterruptedException {
    URI uri = request.uri();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    HttpRequest.BodyPublisher publisher = request.bodyPublisher().orElse(null);
    return new dev.codicil.contract.HttpRequest(
        request.method(),
        uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
        ClientStorms.shown(request.headers().map(), true),
        publisher == null ? Payload.EMPTY : Payload.of(Bodies.read(publisher)));
  }

  private static HttpRequest changed(
      HttpRequest request,
      dev.codicil.contract.HttpRequest asked,
      dev.codicil.contract.HttpRequest wanted) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
            request, (name, value) -> wanted.equals(asked) || asked.headers().all(name).isEmpty());
    if (!wanted.equals(asked)) {
      wanted
          .headers()
          .asMap()
          .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    }
    if (request.bodyPublisher().isPresent()) {
      // It may be of the kind that can be read once.
      builder.method(
          request.method(), HttpRequest.BodyPublishers.ofByteArray(wanted.body().bytes()));
    }
    return builder.build();
  }

  private <T> HttpResponse<T> answer(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      Outcome outcome,
      @Nullable HttpResponse<byte[]> came)
      throws IOException, InterruptedException {
    HttpReply reply = outcome.reply();
    HttpHeaders headers = HttpHeaders.of(reply.headers().asMap(), (name, value) -> true);
    Broken end = outcome.end();
    T body =
        Bodies.give(
            handler.apply(new Head(reply.status(), headers, version())),
            reply.body().bytes(),
            end == null ? null : asTheClientSaysIt(end));
    return new Struck<>(reply.status(), came == null ? request : came.request(), headers, body);
  }

  private record Head(int statusCode, HttpHeaders headers, HttpClient.Version version)
      implements HttpResponse.ResponseInfo {}

  private record Struck<T>(int statusCode, HttpRequest request, HttpHeaders headers, T body)
      implements HttpResponse<T> {
    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    CompletableFuture<HttpResponse<T>> answer = new CompletableFuture<>();
    Future<?> exchange =
        EXCHANGES.submit(
            () -> {
              try {
                answer.complete(send(request, handler));
              } catch (Throwable t) {
                answer.completeExceptionally(t);
              }
            });
    answer.whenComplete(
        (response, failure) -> {
          if (answer.isCancelled()) {
            exchange.cancel(true);
          }
        });
    return answer;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
    return sendAsync(request, handler);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }
}
