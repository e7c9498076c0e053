package dev.codicil.engine.messages;

import dev.codicil.engine.Options;
import dev.codicil.engine.Verification;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.history.CellRecord;
import dev.codicil.history.Event;
import dev.codicil.history.HistoryLog;
import dev.codicil.storm.run.RunListener;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;

/** A project with one service that publishes, whose head has a vice. */
final class EventProject {
  private final Path dir;
  private String publishes = "{ broker: events }";
  private String broker = "embedded";
  private String base = "";
  private String recovery = "10s";
  private String listens = "";
  private Runnable afterFirstCell = () -> {};

  EventProject(Path dir) throws IOException {
    this.dir = dir;
    libraries();
    write(
        "contracts/openapi/shop.yaml",
        """
        openapi: 3.0.3
        info: { title: shop, version: "1" }
        paths:
          /orders:
            post:
              responses:
                "201":
                  description: an order
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [order]
                        properties: { order: { type: integer } }
        """);
    write(
        "contracts/openapi/partner.yaml",
        """
        openapi: 3.0.3
        info: { title: partner, version: "1" }
        paths:
          /prices/7:
            get:
              responses:
                "200":
                  description: a price
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [price]
                        properties: { price: { type: integer } }
                      example: { price: 5 }
        """);
    write(
        "contracts/asyncapi/shop-events.yaml",
        """
        asyncapi: 3.0.0
        info: { title: events, version: "1", x-codicil-provider: shop }
        defaultContentType: application/json
        channels:
          orders:
            address: shop.orders
            messages:
              ordered:
                name: Ordered
                headers:
                  type: object
                  required: [eventId]
                  properties: { eventId: { type: string } }
                bindings: { kafka: { key: { type: string, pattern: "^O-" } } }
                payload:
                  type: object
                  required: [event, order, price]
                  properties:
                    event: { type: string, enum: [ordered] }
                    order: { type: integer }
                    price: { type: integer, minimum: 0 }
        operations:
          tell: { action: send, channel: { $ref: "#/channels/orders" } }
        """);
    write(
        "chaos-profiles/down.yaml",
        """
        version: 1
        name: down
        faults:
          - { fault: status, on: upstream, parameters: { status: 503 } }
        """);
  }

  /** Where the broker's libraries are: in the module that is built before. */
  static void libraries() {
    if (System.getProperty("codicil.kafka-broker") == null) {
      System.setProperty(
          "codicil.kafka-broker",
          Path.of("../storm/kafka-broker/target/kafka-broker")
              .toAbsolutePath()
              .normalize()
              .toString());
    }
  }

  EventProject publishing(String declared) {
    publishes = declared;
    return this;
  }

  EventProject base(String vices) {
    base = vices;
    return this;
  }

  /** It is said to listen, and does not. */
  EventProject listening() {
    recovery = "2s";
    listens =
        """
            listens:
              shop.commands: { broker: events, group: shop, read: GET /ready, within: 1s }
            messages:
              stop: { publish: [ { to: shop.commands, key: a, body: { command: stop } } ] }
        """;
    return this;
  }

  /** Its messages are described in a language that nobody reads. */
  EventProject avro() throws IOException {
    Path contract = dir.resolve("contracts/asyncapi/shop-events.yaml");
    Files.writeString(
        contract,
        Files.readString(contract)
            .replace(
                "        payload:\n",
                "        payload:\n"
                    + "          schemaFormat: application/vnd.apache.avro;version=1.9.0\n"
                    + "          schema: { type: record, name: Ordered, fields: [] }\n"
                    + "        unused:\n"));
    return this;
  }

  /** Does something in the middle of the run. */
  void afterFirstCell(Runnable deed) {
    afterFirstCell = deed;
  }

  EventProject broker(String address) {
    broker = address;
    return this;
  }

  private void write(String file, String text) throws IOException {
    Path path = dir.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.writeString(path, text);
  }

  private static String classPath() {
    return Stream.of(EventService.class, KafkaProducer.class, org.slf4j.Logger.class)
        .map(EventProject::origin)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What one verification did. */
  record Done(AmendmentVerdict verdict, List<Event> events) {
    List<CellRecord> records() {
      return events.stream()
          .filter(Event.CellRun.class::isInstance)
          .map(event -> ((Event.CellRun) event).record())
          .toList();
    }

    /** Kind and near miss of every finding. */
    List<String> told() {
      return verdict.findings().stream()
          .map(
              (Finding finding) ->
                  finding.kind().id() + " " + finding.faultLabel() + ": " + finding.nearMiss())
          .toList();
    }

    /** Why findings are what they are. */
    List<String> why() {
      return verdict.findings().stream()
          .map((Finding finding) -> finding.kind().id() + ": " + finding.reason())
          .toList();
    }
  }

  /** Verifies an amendment that gives the service these vices. */
  Done verify(String vices) throws IOException, InterruptedException {
    write(
        "codicil.yaml",
        """
        version: 1
        contracts: contracts/
        brokers: { events: { kafka: "BROKER" } }
        subjects:
          shop:
            command: [java, -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -Xmx64m, -cp, "PATH", MAIN, "{port}"]
            env:
              PARTNER: "{upstream.partner}"
              BROKER: "{broker.events}"
              TOPIC: "{topic.shop.orders}"
              VICES: "BASE"
            ready: GET /ready
            publishes:
              shop.orders: PUBLISHES
            upstreams: { partner: { stub: contracts/openapi/partner.yaml } }
            timeBudget: 8s
            recovery: RECOVERY
            LISTENS
        profiles: [down]
        """
            .replace("BROKER\" }", broker + "\" }")
            .replace("PATH", classPath())
            .replace("MAIN", EventService.class.getName())
            .replace("BASE", base)
            .replace("RECOVERY", recovery)
            .replace("    LISTENS\n", listens)
            .replace("PUBLISHES", publishes));
    write(
        "contracts/amendments/vice/amendment.yaml",
        """
        version: 1
        title: The service is built anew
        sides: { head: { subjects: { shop: { env: { VICES: "HEAD", BUILD: "2" } } } } }
        """
            .replace("HEAD", vices));
    Verification verification =
        new Verification(ProjectReader.read(dir), Map.<String, String>of()::get, following());
    Options options = Options.defaults(dir.resolve("out"));
    AmendmentVerdict verdict = verification.verify(verification.amendments(null).get(0), options);
    return new Done(verdict, HistoryLog.read(options.history("vice")));
  }

  private RunListener following() {
    return new RunListener() {
      @Override
      public void phase(String what) {}

      @Override
      public void cellDone(int done, int total, CellRecord record) {
        if (done == 1) {
          afterFirstCell.run();
        }
      }
    };
  }
}
