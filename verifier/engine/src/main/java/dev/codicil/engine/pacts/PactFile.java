package dev.codicil.engine.pacts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Json;
import dev.codicil.experiment.Fingerprints;
import dev.codicil.pactbroker.BrokerPact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pact of a broker as a file that can be read and pointed into.
 *
 * @param path {@code broker:PROVIDER/CONSUMER@VERSION+BRANCH.json}
 * @param pact where it comes from
 * @param text the pact, without the broker's links, one value a line
 */
public record PactFile(String path, BrokerPact pact, String text) {
  /** How the paths of such files begin. */
  public static final String PREFIX = "broker:";

  private static final int LONGEST_NAME = 60;

  static PactFile of(BrokerPact pact, int number) {
    String version =
        (pact.consumerVersion().isEmpty() ? "" : "@" + name(pact.consumerVersion()))
            + (pact.branch().isEmpty() ? "" : "+" + name(pact.branch()))
            + (number < 2 ? "" : "-" + number);
    return new PactFile(
        PREFIX + name(pact.provider()) + "/" + name(pact.consumer()) + version + ".json",
        pact,
        text(pact.content()));
  }

  /** Names come from others: what has a meaning in paths or to terminals is taken out. */
  private static String name(String text) {
    String plain = text.replaceAll("[^\\p{L}\\p{N}._-]+", "-");
    return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }

  private static String text(JsonNode content) {
    JsonNode plain = content.deepCopy();
    if (plain instanceof ObjectNode object) {
      object.remove(List.of("_links", "_embedded", "createdAt"));
    }
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    try {
      return Json.mapper().writer(printer).writeValueAsString(plain);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether what is found about it decides nothing, and why; empty when it counts. */
  public String pendingReason() {
    return !pact.pending()
        ? ""
        : pact.wip()
            ? "work in progress at the broker: told, and fails nothing"
            : "pending at the broker: told, and fails nothing";
  }

  /** One line that names what was read; a verdict has it among its notes. */
  public String note() {
    String said =
        pact.notices().stream()
            .filter(BrokerPact.Notice::before)
            .map(BrokerPact.Notice::text)
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining(" "));
    return path
        + ": content "
        + Fingerprints.of(text)
        + (pact.pending() ? "; " + pendingReason() : "")
        + (said.isEmpty() ? "" : "; the broker says: " + said);
  }
}
