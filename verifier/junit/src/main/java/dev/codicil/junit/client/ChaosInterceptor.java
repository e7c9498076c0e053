package dev.codicil.junit.client;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Strikes the exchanges of Spring's {@code RestClient} or {@code RestTemplate}, in process.
 *
 * <pre>{@code
 * RestClient.builder().requestInterceptor(chaos(Chaos.of("slow-partner").timeout(ofMillis(500))))
 * }</pre>
 *
 * <p>An interceptor is not told the time-out of its client, so {@link Chaos#timeout} says it. What
 * goes wrong is thrown as the JDK's sockets throw it; {@code RestClient} makes a {@code
 * ResourceAccessException} of it.
 */
public final class ChaosInterceptor implements ClientHttpRequestInterceptor {
  private final ClientStorms storms;

  private ChaosInterceptor(Chaos chaos, Pause pause) {
    this.storms = new ClientStorms(chaos, pause, true);
  }

  /**
   * The weather of some profiles.
   *
   * @throws dev.codicil.contract.InputException when there is no such profile, or one of its faults
   *     cannot be performed in process
   */
  public static ChaosInterceptor chaos(String... profiles) {
    return chaos(Chaos.of(profiles));
  }

  /**
   * Some weather.
   *
   * @throws dev.codicil.contract.InputException when it cannot be read, or not be performed in
   *     process
   */
  public static ChaosInterceptor chaos(Chaos chaos) {
    return new ChaosInterceptor(chaos, Pause.REAL);
  }

  /** What was done so far, one readable line each. */
  public List<String> struck() {
    return storms.struck();
  }

  /** Operations of which nothing can be struck in this weather, {@code METHOD path}. */
  public List<String> spared() {
    return storms.spared();
  }

  @Override
  public ClientHttpResponse intercept(
      org.springframework.http.HttpRequest request,
      byte[] body,
      ClientHttpRequestExecution execution)
      throws IOException {
    HttpRequest asked =
        new HttpRequest(
            request.getMethod().name(),
            target(request.getURI()),
            ClientStorms.shown(fields(request.getHeaders()), true),
            Payload.of(body));
    try {
      Outcome outcome =
          storms.exchange(
              asked,
              null,
              wanted -> {
                try (ClientHttpResponse response =
                    execution.execute(
                        wanted.equals(asked) ? request : changed(request, asked, wanted),
                        wanted.body().bytes())) {
                  return new HttpReply(
                      response.getStatusCode().value(),
                      ClientStorms.shown(fields(response.getHeaders()), false),
                      Payload.of(response.getBody().readAllBytes()));
                }
              });
      return new Struck(outcome);
    } catch (Broken broken) {
      throw asTheJdkSaysIt(broken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static IOException asTheJdkSaysIt(Broken broken) {
    switch (broken.how()) {
      case RESET:
        return new SocketException("Connection reset");
      case TIMED_OUT:
        return new SocketTimeoutException("Read timed out");
      case CLOSED:
        return new SocketException("Unexpected end of file from server");
      default:
        return new IOException(
            "Premature EOF: " + broken.received() + " of " + broken.expected() + " bytes");
    }
  }

  private static String target(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static Map<String, List<String>> fields(HttpHeaders headers) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    headers.forEach(fields::put);
    return fields;
  }

  private static org.springframework.http.HttpRequest changed(
      org.springframework.http.HttpRequest request, HttpRequest asked, HttpRequest wanted) {
    HttpHeaders headers = new HttpHeaders();
    request.getHeaders().forEach(headers::put);
    asked.headers().asMap().keySet().forEach(headers::remove);
    wanted.headers().asMap().forEach(headers::put);
    headers.remove(HttpHeaders.CONTENT_LENGTH); // follows from the body
    return new HttpRequestWrapper(request) {
      @Override
      public HttpHeaders getHeaders() {
        return headers;
      }
    };
  }

  /** A reply as the storm lets it through. */
  private static final class Struck implements ClientHttpResponse {
    private final HttpReply reply;
    private final @Nullable Broken end;

    Struck(Outcome outcome) {
      this.reply = outcome.reply();
      this.end = outcome.end();
    }

    @Override
    public HttpStatusCode getStatusCode() {
      return HttpStatusCode.valueOf(reply.status());
    }

    @Override
    public String getStatusText() {
      HttpStatus known = HttpStatus.resolve(reply.status());
      return known == null ? "" : known.getReasonPhrase();
    }

    @Override
    public HttpHeaders getHeaders() {
      HttpHeaders headers = new HttpHeaders();
      reply.headers().asMap().forEach(headers::put);
      return headers;
    }

    @Override
    public InputStream getBody() {
      InputStream came = new ByteArrayInputStream(reply.body().bytes());
      Broken broken = end;
      return broken == null ? came : new BreakingOff(came, asTheJdkSaysIt(broken));
    }

    @Override
    public void close() {
      // Nothing is open: the whole reply was read.
    }
  }
}
