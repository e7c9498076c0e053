package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import dev.codicil.formats.pact.ByExample;
import dev.codicil.formats.pact.Notes;
import dev.codicil.formats.pact.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads one file: a contract that cannot be used is noted, and the others are kept. */
final class SccReading {
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{[^{}]{0,200}\\brequest\\b");

  private final Spot root;
  private final boolean several;
  private final Parties parties;
  private final Notes notes = new Notes();
  private final Mirror mirror;
  private final HttpContract http;
  private final MessageContract messages;
  private final ObjectNode pact = JsonNodeFactory.instance.objectNode();
  private final ArrayNode interactions;

  SccReading(SourceDocument document, Source source) {
    this(Spot.root(document), document.root().isArray(), document.file(), source);
  }

  /**
   * @param root the contract, or a list of them
   * @param several whether it is a list
   * @param file the path that tells the parties
   */
  SccReading(Spot root, boolean several, String file, Source source) {
    this.root = root;
    this.several = several;
    parties = Parties.of(source.name(), file);
    mirror = new Mirror(root);
    BodyReader bodies = new BodyReader(new SiblingFiles(source, file, parties));
    http = new HttpContract(bodies, mirror, notes);
    messages = new MessageContract(bodies, mirror, notes);
    pact.putObject("consumer").put("name", parties.consumer());
    pact.putObject("provider").put("name", parties.provider());
    pact.putObject("metadata").putObject("pactSpecification").put("version", "4.0");
    interactions = pact.putArray("interactions");
  }

  Reading read() {
    List<Spot> contracts = several ? root.items() : List.of(root);
    for (int i = 0; i < contracts.size(); i++) {
      Spot contract = contracts.get(i);
      // What follows the last "---" of a file may be nothing.
      if (several && contract.node().isNull()) {
        continue;
      }
      try {
        contract(contract, i, contracts.size());
      } catch (InputException unusable) {
        notes.add(unusable);
      }
    }
    Reading reading = ByExample.read(SccFormat.ID, pact, mirror);
    List<Problem> problems = new ArrayList<>(notes.problems());
    problems.addAll(reading.problems());
    return new Reading(reading.contract(), problems);
  }

  private void contract(Spot spot, int index, int count) {
    Keys.check(
        spot.object(),
        notes,
        "name",
        "description",
        "label",
        "priority",
        "ignored",
        "inProgress",
        "metadata",
        "request",
        "response",
        "input",
        "outputMessage");
    String name = name(spot, index, count);
    for (String mark : List.of("ignored", "inProgress")) {
      Spot marked = spot.child(mark);
      if (marked.present() && !marked.node().isBoolean()) {
        throw marked.fail(mark + " must be true or false");
      }
      if (marked.node().asBoolean()) {
        notes.add(
            marked,
            "the contract '"
                + Keys.brief(name)
                + "' is marked "
                + mark
                + " by its author, and so not replayed");
        return;
      }
    }
    boolean asks = spot.child("request").present() || spot.child("response").present();
    boolean sends = spot.child("input").present() || spot.child("outputMessage").present();
    if (asks == sends) {
      throw spot.fail(
          "a contract must have either request and response, or input and outputMessage");
    }
    String pointer = "/interactions/" + interactions.size();
    mirror.put(pointer, spot);
    if (spot.child("name").present()) {
      mirror.put(pointer + "/description", spot.child("name"));
    }
    ObjectNode made = asks ? http.read(spot, pointer) : messages.read(spot, pointer);
    made.put("description", name);
    interactions.add(made);
    templates(spot.child(asks ? "response" : "outputMessage"));
  }

  /** Notes values that stubs fill in from the request: here they would be taken literally. */
  private void templates(Spot spot) {
    if (spot.node().isTextual() && TEMPLATE.matcher(spot.node().textValue()).find()) {
      notes.add(spot, "refers to the request by a template, which is not filled in");
    } else if (spot.node().isObject()) {
      spot.fields().values().forEach(this::templates);
    } else if (spot.node().isArray()) {
      spot.items().forEach(this::templates);
    }
  }

  /** As Spring Cloud Contract names it: by its file when it has no name, with its index in it. */
  private String name(Spot spot, int index, int count) {
    if (spot.child("name").present()) {
      return spot.child("name").visibleText();
    }
    return count > 1 ? parties.name() + "_" + index : parties.name();
  }
}
