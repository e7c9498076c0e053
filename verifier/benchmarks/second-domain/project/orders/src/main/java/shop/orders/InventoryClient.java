package shop.orders;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls the inventory: each attempt with a time limit, a second attempt when the first one failed,
 * and never more calls at once than there are connections.
 */
@Component
class InventoryClient {
  private final RestClient http;
  private final OrdersSettings.Inventory settings;

  InventoryClient(OrdersSettings all) {
    this.settings = all.inventory();
    Timeout read = Timeout.of(settings.readTimeout());
    ConnectionConfig connection =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(settings.connectTimeout()))
            .setSocketTimeout(read)
            .build();
    RequestConfig request =
        RequestConfig.custom().setConnectionRequestTimeout(read).setResponseTimeout(read).build();
    this.http =
        RestClient.builder()
            .baseUrl(settings.url().toString())
            .requestFactory(
                new HttpComponentsClientHttpRequestFactory(
                    HttpClients.custom()
                        .setConnectionManager(
                            PoolingHttpClientConnectionManagerBuilder.create()
                                .setDefaultConnectionConfig(connection)
                                .setMaxConnPerRoute(settings.connections())
                                .setMaxConnTotal(settings.connections())
                                .build())
                        .setDefaultRequestConfig(request)
                        .disableAutomaticRetries()
                        .build()))
            .build();
  }

  /** What the inventory says about a product. */
  record Availability(String sku, Integer onHand, Integer leadDays, Boolean estimated) {}

  /** What is set aside. */
  record Reservation(String id, String order, List<Line> lines) {
    record Line(String sku, Integer quantity, String warehouse) {}
  }

  private record Wanted(String order, List<OrderRequest.Line> lines) {}

  Availability availability(String sku) {
    Availability answer =
        retrying(
            () ->
                http.get()
                    .uri("/items/{sku}/availability", sku)
                    .retrieve()
                    .body(Availability.class));
    if (answer == null
        || answer.sku() == null
        || answer.onHand() == null
        || answer.leadDays() == null) {
      throw new InventoryUnavailable("an answer without its fields", null);
    }
    return answer;
  }

  /** Sets stock aside. The order's number is the idempotency key of every attempt. */
  Reservation reserve(String order, List<OrderRequest.Line> lines) {
    Reservation made =
        retrying(
            () ->
                http.post()
                    .uri("/reservations")
                    .header("Idempotency-Key", order)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new Wanted(order, lines))
                    .retrieve()
                    .body(Reservation.class));
    if (made == null || made.id() == null || !order.equals(made.order()) || made.lines() == null) {
      throw new InventoryUnavailable("an answer without its fields", null);
    }
    return made;
  }

  private <T> T retrying(Supplier<T> call) {
    RuntimeException last = null;
    for (int attempt = 1; attempt <= settings.attempts(); attempt++) {
      if (attempt > 1) {
        pause();
      }
      try {
        return call.get();
      } catch (HttpClientErrorException e) {
        if (e.getStatusCode() == HttpStatus.CONFLICT) {
          throw new NotInStock();
        }
        if (e.getStatusCode() == HttpStatus.NOT_FOUND) {
          throw new NoSuchProduct();
        }
        throw new InventoryUnavailable("refused with " + e.getStatusCode(), e);
      } catch (RestClientException e) {
        last = e;
      }
    }
    throw new InventoryUnavailable("no answer in " + settings.attempts() + " attempts", last);
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(settings.pause().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InventoryUnavailable("interrupted", e);
    }
  }
}
