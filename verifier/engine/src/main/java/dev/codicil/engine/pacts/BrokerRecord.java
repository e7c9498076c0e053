package dev.codicil.engine.pacts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.Location;
import dev.codicil.engine.ReportFolder;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Stimulus;
import dev.codicil.pactbroker.BrokerPact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which pacts of a broker a run has read, and which stimulus replays each of their interactions. It
 * lies beside the verdict, so that results can be published by a step of their own. It has no
 * secret.
 *
 * @param amendment name of what was verified
 * @param broker address of the broker's index
 * @param pacts in the order of their paths
 */
public record BrokerRecord(String amendment, String broker, List<Pact> pacts) {
  private static final String SCHEMA = "codicil-broker/1";
  private static final String FOLDER = "broker";
  private static final String AGAIN = "run codicil verify again";
  private static final int MOST_BYTES = 256 << 20;

  public BrokerRecord {
    pacts = List.copyOf(pacts);
  }

  /**
   * A pact.
   *
   * @param note as it stands among the notes of the verdict, which ties both together
   * @param publication where results are posted; null when the broker takes none
   * @param notices what the broker says
   * @param interactions in document order
   */
  public record Pact(
      String path,
      String note,
      String provider,
      String consumer,
      String consumerVersion,
      String branch,
      boolean pending,
      boolean wip,
      String address,
      @Nullable String publication,
      List<BrokerPact.Notice> notices,
      List<Interaction> interactions) {
    public Pact {
      notices = List.copyOf(notices);
      interactions = List.copyOf(interactions);
    }

    /** Name in a sentence. */
    public String shown() {
      return consumer
          + (consumerVersion.isEmpty() ? "" : " " + consumerVersion)
          + (branch.isEmpty() ? "" : " (" + branch + ")")
          + " with "
          + provider;
    }
  }

  /**
   * An interaction of a pact.
   *
   * @param id in the broker; null when it gave none
   * @param description what the pact calls it
   * @param stimulus id of what replays it; null when nothing does
   * @param stubbed whether that is answered by a stub
   */
  public record Interaction(
      @Nullable String id, String description, @Nullable String stimulus, boolean stubbed) {}

  /** What a run is about to replay. */
  public static BrokerRecord of(String amendment, String broker, PactFiles files, Plan plan) {
    Map<String, Stimulus> byPlace = new HashMap<>();
    for (Stimulus stimulus : plan.stimuli()) {
      if (stimulus.kind() == Stimulus.Kind.INTERACTION) {
        byPlace.putIfAbsent(
            stimulus.location().file() + "#" + stimulus.location().pointer(), stimulus);
      }
    }
    Map<JsonNode, Stimulus> byContent = new HashMap<>();
    for (PactFile file : files.files()) {
      each(
          file,
          (pointer, content, id) -> {
            Stimulus stimulus = byPlace.get(file.path() + "#" + pointer);
            if (stimulus != null) {
              byContent.putIfAbsent(content, stimulus);
            }
          });
    }
    List<Pact> pacts = new ArrayList<>();
    for (PactFile file : files.files()) {
      List<Interaction> interactions = new ArrayList<>();
      each(
          file,
          (pointer, content, id) -> {
            Stimulus own = byPlace.get(file.path() + "#" + pointer);
            Stimulus stimulus = own == null ? byContent.get(content) : own;
            interactions.add(
                new Interaction(
                    id,
                    content.path("interaction").path("description").asText(""),
                    stimulus == null ? null : stimulus.id(),
                    stimulus != null && stimulus.stubbed()));
          });
      BrokerPact pact = file.pact();
      pacts.add(
          new Pact(
              file.path(),
              file.note(),
              pact.provider(),
              pact.consumer(),
              pact.consumerVersion(),
              pact.branch(),
              pact.pending(),
              pact.wip(),
              pact.address(),
              pact.publication(),
              pact.notices(),
              interactions));
    }
    return new BrokerRecord(amendment, broker, pacts);
  }

  private interface Visitor {
    /**
     * @param content who relies on whom, and the interaction without the broker's id: equal where
     *     one replay stands for both
     */
    void visit(String pointer, JsonNode content, @Nullable String id);
  }

  private static void each(PactFile file, Visitor visitor) {
    JsonNode pact = file.pact().content();
    for (String key : List.of("interactions", "messages")) {
      int index = 0;
      for (JsonNode interaction : pact.path(key)) {
        ObjectNode content = Json.mapper().createObjectNode();
        content.put("consumer", file.pact().consumer()).put("provider", file.pact().provider());
        JsonNode plain = interaction.deepCopy();
        if (plain instanceof ObjectNode object) {
          object.remove("_id");
        }
        content.set("interaction", plain);
        visitor.visit("/" + key + "/" + index++, content, interaction.path("_id").asText(null));
      }
    }
  }

  /**
   * Writes it into the folder of a run, which has published nothing yet: a result that was
   * published by an earlier one need not be the latest any more.
   *
   * @throws InputException when it cannot be written
   */
  public void write(Path out) {
    ObjectNode node = Json.mapper().valueToTree(this);
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("schema", SCHEMA);
    root.setAll(node);
    ReportFolder.write(
        file(out, amendment), root.toPrettyString() + "\n", "name another folder with --out");
    try {
      Files.deleteIfExists(receipts(out));
    } catch (IOException e) {
      throw new InputException(
          Location.of(receipts(out).toString()), "cannot be removed: " + e.getMessage(), "");
    }
  }

  /** What was published of the run in a folder. */
  static Path receipts(Path out) {
    return out.resolve(FOLDER).resolve("published");
  }

  static Path file(Path out, String amendment) {
    return out.resolve(FOLDER).resolve(amendment + ".json");
  }

  /**
   * What a run has written into its folder; empty when it had no pacts of a broker.
   *
   * @throws InputException when it cannot be read
   */
  public static Optional<BrokerRecord> read(Path out, String amendment) {
    Path file = file(out, amendment);
    if (!amendment.matches("[^/\\\\]+") || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Location at = Location.of(file.toString());
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new InputException(at, "this is larger than any such file", AGAIN);
      }
      JsonNode root = Json.mapper().readTree(Files.readString(file));
      if (!root.path("schema").asText().equals(SCHEMA)) {
        throw new InputException(at, "expected the schema " + SCHEMA, AGAIN);
      }
      BrokerRecord read = Json.mapper().treeToValue(root, BrokerRecord.class);
      return Optional.of(read);
    } catch (JsonProcessingException malformed) {
      throw new InputException(
          at, "is not what a run writes: " + malformed.getOriginalMessage(), AGAIN);
    } catch (IOException e) {
      throw new InputException(at, "cannot be read: " + e.getMessage(), AGAIN);
    }
  }
}
