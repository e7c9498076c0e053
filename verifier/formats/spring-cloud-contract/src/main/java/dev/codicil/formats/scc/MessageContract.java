package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.SourceDocument;
import dev.codicil.formats.pact.Notes;
import dev.codicil.formats.pact.Spot;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a contract of messages as an interaction of a pact. What a method triggers is a message of
 * one direction; what an incoming message triggers is a request and its reply. The destination is
 * kept as metadata, so that a moved destination is seen.
 */
final class MessageContract {
  private final BodyReader bodies;
  private final Mirror mirror;
  private final Notes notes;
  private final Matchers matchers;
  private final BodyMatchers bodyMatchers;

  MessageContract(BodyReader bodies, Mirror mirror, Notes notes) {
    this.bodies = bodies;
    this.mirror = mirror;
    this.notes = notes;
    matchers = new Matchers(mirror, notes);
    bodyMatchers = new BodyMatchers(matchers, mirror, notes);
  }

  /**
   * Writes it.
   *
   * @throws dev.codicil.contract.InputException when it describes no message
   */
  ObjectNode read(Spot contract, String pointer) {
    Spot input = contract.child("input");
    Spot output = contract.child("outputMessage");
    Keys.check(
        input,
        notes,
        "triggeredBy",
        "assertThat",
        "messageFrom",
        "messageHeaders",
        "messageBody",
        "messageBodyFromFile",
        "messageBodyFromFileAsBytes",
        "matchers");
    Keys.check(
        output,
        notes,
        "sentTo",
        "headers",
        "body",
        "bodyFromFile",
        "bodyFromFileAsBytes",
        "matchers",
        "assertThat");
    for (Spot part : new Spot[] {input, output}) {
      if (part.child("assertThat").present()) {
        notes.add(part.child("assertThat"), "code of the provider's tests is not run");
      }
    }
    ObjectNode made = JsonNodeFactory.instance.objectNode();
    if (!input.child("messageFrom").present()) {
      if (!output.present()) {
        throw input.fail("the contract has neither an incoming nor an outgoing message");
      }
      made.put("type", "Asynchronous/Messages");
      output(output, made, pointer);
      return made;
    }
    made.put("type", "Synchronous/Messages");
    mirror.put(pointer + "/request", input);
    ObjectNode request = made.putObject("request");
    message(
        input,
        request,
        pointer + "/request",
        "messageFrom",
        "messageHeaders",
        new String[] {"messageBody", "messageBodyFromFile", "messageBodyFromFileAsBytes"},
        false);
    if (output.present()) {
      mirror.put(pointer + "/response", output);
      output(output, made.putArray("response").addObject(), pointer + "/response/0");
    }
    return made;
  }

  private void output(Spot output, ObjectNode made, String pointer) {
    mirror.put(pointer + "/contents", output);
    message(
        output,
        made,
        pointer,
        "sentTo",
        "headers",
        new String[] {"body", "bodyFromFile", "bodyFromFileAsBytes"},
        true);
  }

  private void message(
      Spot spot,
      ObjectNode made,
      String pointer,
      String destinationKey,
      String headersKey,
      String[] bodyKeys,
      boolean reply) {
    ObjectNode metadata = made.putObject("metadata");
    ObjectNode rules = made.putObject("matchingRules");
    String at = pointer + "/matchingRules";
    Spot destination = spot.child(destinationKey);
    if (destination.present()) {
      metadata.put(destinationKey, destination.visibleText());
      mirror.put(pointer + "/metadata/" + destinationKey, destination);
    }
    Map<String, Spot> headers = new LinkedHashMap<>();
    if (spot.child(headersKey).present()) {
      headers.putAll(spot.child(headersKey).fields());
      headers.forEach(
          (name, value) -> {
            value.scalarText();
            metadata.set(name, value.node());
            mirror.put(SourceDocument.child(pointer + "/metadata", name), value);
          });
    }
    Spot list = spot.child("matchers");
    Keys.check(list, notes, "headers", "body");
    matchers.named(list.child("headers"), headers, rules.putObject("metadata"), at + "/metadata");
    WrittenBody body =
        bodies.read(spot, HttpContract.contentType(headers), bodyKeys[0], bodyKeys[1], bodyKeys[2]);
    if (body != null) {
      body.addTo(made, "contents", pointer, mirror);
    }
    bodyMatchers.read(list.child("body"), body, reply, rules.putObject("body"), at + "/body");
  }
}
