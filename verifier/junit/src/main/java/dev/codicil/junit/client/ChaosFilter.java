package dev.codicil.junit.client;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Payload;
import io.restassured.builder.ResponseBuilder;
import io.restassured.filter.FilterContext;
import io.restassured.filter.OrderedFilter;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.http.ConnectionClosedException;
import org.apache.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * Strikes the exchanges of REST-assured, in process.
 *
 * <pre>{@code
 * given().filter(chaos("slow-partner")).get("/licenses/L-1/validation")
 * }</pre>
 *
 * <p>The client's time-out is {@code http.socket.timeout} of REST-assured's configuration, and what
 * goes wrong is thrown as Apache HttpClient throws it. It stands behind all other filters, so that
 * those that log see what the client gets.
 */
public final class ChaosFilter implements OrderedFilter {
  private static final String SOCKET_TIMEOUT = "http.socket.timeout";

  private final ClientStorms storms;

  private ChaosFilter(Chaos chaos, Pause pause) {
    this.storms = new ClientStorms(chaos, pause, false);
  }

  /**
   * The weather of some profiles.
   *
   * @throws dev.codicil.contract.InputException when there is no such profile, or one of its faults
   *     cannot be performed in process
   */
  public static ChaosFilter chaos(String... profiles) {
    return chaos(Chaos.of(profiles));
  }

  /**
   * Some weather.
   *
   * @throws dev.codicil.contract.InputException when it cannot be read, or not be performed in
   *     process
   */
  public static ChaosFilter chaos(Chaos chaos) {
    return new ChaosFilter(chaos, Pause.REAL);
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
  public int getOrder() {
    return LOWEST_PRECEDENCE - 1;
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Sending sending = new Sending(request, expected, context);
    try {
      Outcome outcome = storms.exchange(sending.request(), timeout(request), sending);
      if (outcome.end() != null) {
        throw outcome.end();
      }
      return sending.response(outcome.reply());
    } catch (Broken broken) {
      throw sneaky(asApacheSaysIt(broken, request.getURI()));
    } catch (IOException e) {
      throw sneaky(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw sneaky(new InterruptedIOException());
    }
  }

  private static IOException asApacheSaysIt(Broken broken, String uri) {
    switch (broken.how()) {
      case RESET:
        return new SocketException("Connection reset");
      case TIMED_OUT:
        return new SocketTimeoutException("Read timed out");
      case CLOSED:
        URI to = URI.create(uri);
        return new NoHttpResponseException(
            to.getHost() + ":" + to.getPort() + " failed to respond");
      default:
        return new ConnectionClosedException(
            "Premature end of Content-Length delimited message body (expected: %d; received: %d)",
            broken.expected(), broken.received());
    }
  }

  private static @Nullable Duration timeout(FilterableRequestSpecification request) {
    Object millis = request.getConfig().getHttpClientConfig().params().get(SOCKET_TIMEOUT);
    return millis instanceof Number number && number.longValue() > 0
        ? Duration.ofMillis(number.longValue())
        : null;
  }

  /** REST-assured, being Groovy, throws checked exceptions through methods that declare none. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** One request of REST-assured, which can be sent once. */
  private static final class Sending implements Transport {
    private final FilterableRequestSpecification spec;
    private final FilterableResponseSpecification expected;
    private final FilterContext context;
    private @Nullable Response came;
    private @Nullable HttpReply told;

    Sending(
        FilterableRequestSpecification spec,
        FilterableResponseSpecification expected,
        FilterContext context) {
      this.spec = spec;
      this.expected = expected;
      this.context = context;
    }

    HttpRequest request() {
      URI uri = URI.create(spec.getURI());
      String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
      return new HttpRequest(
          spec.getMethod(), target, headers(spec.getHeaders(), true), body(spec.getBody()));
    }

    private static Payload body(@Nullable Object body) {
      return body == null
          ? Payload.EMPTY
          : body instanceof byte[] bytes
              ? Payload.of(bytes)
              : Payload.of(String.valueOf(body).getBytes(StandardCharsets.UTF_8));
    }

    private static dev.codicil.contract.Headers headers(Headers headers, boolean request) {
      Map<String, List<String>> fields = new LinkedHashMap<>();
      for (Header header : headers) {
        fields
            .computeIfAbsent(header.getName(), name -> new ArrayList<>())
            .add(String.valueOf(header.getValue()));
      }
      return ClientStorms.shown(fields, request);
    }

    @Override
    public HttpReply send(HttpRequest wanted) {
      HttpRequest had = request();
      if (!wanted.equals(had)) {
        wanted.headers().asMap().forEach(this::set);
        had.headers().asMap().keySet().stream()
            .filter(name -> wanted.headers().all(name).isEmpty())
            .forEach(spec::removeHeader);
        if (!wanted.body().equals(had.body())) {
          spec.body(wanted.body().bytes());
        }
      }
      Response response = context.next(spec, expected);
      came = response;
      HttpReply reply =
          new HttpReply(
              response.getStatusCode(),
              // It has been decoded already.
              headers(response.getHeaders(), false).without("content-encoding"),
              Payload.of(response.asByteArray()));
      told = reply;
      return reply;
    }

    private void set(String name, List<String> values) {
      spec.removeHeader(name);
      values.forEach(value -> spec.header(name, value));
    }

    Response response(HttpReply reply) {
      Response original = came;
      if (original != null && reply.equals(told)) {
        return original;
      }
      List<Header> fields = new ArrayList<>();
      reply
          .headers()
          .asMap()
          .forEach((name, values) -> values.forEach(value -> fields.add(new Header(name, value))));
      ResponseBuilder response = new ResponseBuilder();
      if (original != null) {
        response.clone(original);
      }
      response
          .setHeaders(new Headers(fields))
          .setBody(reply.body().bytes())
          .setStatusCode(reply.status())
          .setStatusLine("HTTP/1.1 " + reply.status());
      reply.headers().first("content-type").ifPresent(response::setContentType);
      return response.build();
    }
  }
}
