package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.SourceDocument;
import dev.codicil.experiment.Broker;
import dev.codicil.experiment.Subject;
import dev.codicil.storm.run.ContainerEngine;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what {@code codicil.yaml} says of subjects that run in containers. */
final class ImageReader {
  private final SourceDocument document;

  ImageReader(SourceDocument document) {
    this.document = document;
  }

  /** By subject. */
  Map<String, ContainerImage> images() {
    Map<String, ContainerImage> images = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : document.root().path("subjects").properties()) {
      JsonNode subject = entry.getValue();
      if (subject.has("image")) {
        String pointer = SourceDocument.child("/subjects", entry.getKey()) + "/image";
        String pull = subject.path("pull").asText("missing");
        images.put(
            entry.getKey(),
            new ContainerImage(
                subject.path("image").asText(),
                subject.path("port").asInt(ContainerImage.DEFAULT_PORT),
                ContainerEngine.Pull.valueOf(pull.toUpperCase(Locale.ROOT)),
                document.locate(pointer)));
      }
    }
    return images;
  }

  /**
   * Refuses what a container cannot have.
   *
   * @param node the subject as it is written
   * @throws InputException at its key
   */
  void check(JsonNode node, String pointer, Subject subject, Map<String, Broker> brokers) {
    if (!node.has("image")) {
      return;
    }
    if (node.has("artifact")) {
      throw new InputException(
          document.locate(pointer + "/artifact"),
          "'artifact' stands beside 'image', which is what a container is started from",
          "leave it out; 'build' may make the image");
    }
    Stream.concat(
            subject.messaging().listens().stream().map(one -> one.broker()),
            subject.messaging().publishes().stream().map(one -> one.broker()))
        .filter(name -> brokers.containsKey(name) && brokers.get(name).address() == null)
        .findFirst()
        .ifPresent(
            name -> {
              throw new InputException(
                  document.locate(pointer + "/image"),
                  "a container cannot reach the embedded broker '" + name + "' yet",
                  "name a broker that it reaches: kafka: HOST:PORT");
            });
  }
}
