package dev.codicil.engine.messages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A small service, run as a process of its own: takes orders, asks its partner for the price, and
 * tells of every order on a topic. What it does wrong is said by its vices.
 */
public final class EventService {
  private static final List<String> VICES = List.of(System.getenv("VICES").split(",", -1));
  private static final String TOPIC = System.getenv("TOPIC");

  /** What it charges when the partner cannot be asked. */
  private static final int LIST_PRICE = 5;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

  private final KafkaProducer<String, String> producer;

  private EventService(KafkaProducer<String, String> producer) {
    this.producer = producer;
  }

  /**
   * Serves on {@code args[0]}.
   *
   * @throws Exception when the port is in use
   */
  public static void main(String[] args) throws Exception {
    Map<String, Object> settings = new java.util.HashMap<>();
    settings.put("bootstrap.servers", System.getenv("BROKER"));
    settings.put("max.block.ms", 6000);
    settings.put("request.timeout.ms", 5000);
    settings.put("delivery.timeout.ms", 6000);
    settings.put("linger.ms", 0);
    if (has("transactions")) {
      settings.put("transactional.id", TOPIC);
    }
    EventService service =
        new EventService(
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
    if (has("transactions")) {
      service.producer.initTransactions();
    }
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 64);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/ready", exchange -> reply(exchange, 200, "{}"));
    server.createContext("/orders", service::order);
    server.start();
  }

  private static boolean has(String vice) {
    return VICES.contains(vice);
  }

  private void order(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    int price = price();
    boolean asked = price > 0;
    if (!asked) {
      price = has("free-when-down") ? 0 : LIST_PRICE;
    }
    String body =
        has("forgets-price")
            ? "{\"event\":\"ordered\",\"order\":7}"
            : "{\"event\":\"ordered\",\"order\":7,\"price\":" + price + "}";
    if (asked || !has("silent-when-down")) {
      tell(body);
    }
    if (!asked && has("twice-when-down")) {
      tell(body);
    }
    reply(exchange, 201, "{\"order\":7}");
  }

  private synchronized void tell(String body) {
    if (has("elsewhere")) {
      return;
    }
    boolean transactions = has("transactions");
    if (transactions) {
      producer.beginTransaction();
      producer.send(message("{\"event\":\"aborted\"}"));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
    }
    producer.send(message(body));
    if (transactions) {
      producer.commitTransaction();
    } else {
      producer.flush();
    }
  }

  private static ProducerRecord<String, String> message(String body) {
    ProducerRecord<String, String> message =
        new ProducerRecord<>(TOPIC, has("no-key") ? null : "O-7", body);
    byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    message.headers().add("eventId", has("same-id") ? "one".getBytes(StandardCharsets.UTF_8) : id);
    return message;
  }

  /** The price the partner asks; 0 when it cannot be asked. */
  private static int price() {
    try {
      HttpResponse<String> reply =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(System.getenv("PARTNER") + "/prices/7"))
                  .timeout(Duration.ofSeconds(3))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return reply.statusCode() == 200 ? Integer.parseInt(reply.body().replaceAll("\\D+", "")) : 0;
    } catch (IOException | NumberFormatException down) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
