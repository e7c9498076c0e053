package dev.codicil.formats.openapi;

import dev.codicil.contract.CallbackInteraction;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the calls a provider makes: webhooks of a document and callbacks of its operations. */
final class CallbackReader {
  private final Documents documents;
  private final Problems problems;
  private final Exchanges exchanges;

  /** Reads one operation into an exchange. */
  interface Exchanges {
    HttpInteraction read(
        String key, String description, String method, Place pathItem, Place operation);
  }

  CallbackReader(Documents documents, Problems problems, Exchanges exchanges) {
    this.documents = documents;
    this.problems = problems;
    this.exchanges = exchanges;
  }

  List<Interaction> webhooks(Place root) {
    List<Interaction> calls = new ArrayList<>();
    for (Map.Entry<String, Place> webhook : root.fields("webhooks")) {
      calls(calls, "webhook " + webhook.getKey(), "", webhook.getValue());
    }
    return calls;
  }

  /** The callbacks of one operation, whose key stands before theirs. */
  List<Interaction> callbacks(String key, Place operation) {
    List<Interaction> calls = new ArrayList<>();
    for (Map.Entry<String, Place> callback : operation.fields("callbacks")) {
      Place declared = problems.follow(documents, callback.getValue());
      if (declared == null) {
        continue;
      }
      for (Map.Entry<String, Place> address : declared.fields()) {
        if (!address.getKey().startsWith("x-")) {
          String name = key + " callback " + callback.getKey();
          calls(calls, name, " " + address.getKey(), address.getValue());
        }
      }
    }
    return calls;
  }

  private void calls(List<Interaction> calls, String name, String address, Place declared) {
    Place item = problems.follow(documents, declared);
    if (item == null) {
      return;
    }
    int before = calls.size();
    for (String methodName : OperationReader.METHODS) {
      Place operation = item.get(methodName);
      if (operation != null && operation.node().isObject()) {
        String method = methodName.toUpperCase(Locale.ROOT);
        String key = name + address + " " + method;
        calls.add(
            new CallbackInteraction(
                key,
                name + " " + method,
                exchanges.read(key, name + " " + method, method, item, operation)));
      }
    }
    if (calls.size() == before) {
      problems.add(item, "expected a path item with at least one operation");
    }
  }
}
