package dev.codicil.experiment;

import dev.codicil.amendment.Amendment;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What contracts say about the messages on each topic that somebody listens to. A message is read
 * as a reply is, so faults on its content are aimed at it as at the reply of an exchange.
 */
public final class MessageEdges {
  /** Messages are judged by what they lead to. */
  private static final Expectation NONE =
      new Expectation() {
        @Override
        public List<Mismatch> check(HttpRequest request, HttpReply reply) {
          return List.of();
        }

        @Override
        public boolean declaresError(HttpRequest request, HttpReply reply) {
          return false;
        }
      };

  private MessageEdges() {}

  /** What may come on each edge, by its id. */
  public static Map<String, PlanRequest.EdgeModel> of(Amendment amendment, List<Subject> subjects) {
    Map<String, PlanRequest.EdgeModel> edges = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      for (Listening listening : subject.messaging().listens()) {
        List<HttpInteraction> before = new ArrayList<>();
        List<HttpInteraction> after = new ArrayList<>();
        for (MessageKinds.Kind kind : MessageKinds.of(amendment, subject, listening.topic())) {
          add(kind.before(), listening.topic(), before);
          add(kind.after(), listening.topic(), after);
        }
        edges.put(
            Listening.edge(listening.topic(), subject.name()),
            new PlanRequest.EdgeModel(before, after));
      }
    }
    return edges;
  }

  private static void add(
      @Nullable MessageInteraction message, String topic, List<HttpInteraction> into) {
    if (message == null) {
      return;
    }
    List<Parameter> headers = MessageKinds.headers(message);
    into.add(
        new HttpInteraction(
            message.key(),
            message.description(),
            HttpInteraction.Style.BY_SCHEMA,
            List.of(),
            "RECEIVE",
            "/" + topic,
            List.of(),
            dev.codicil.contract.Body.none(message.location()),
            List.of(new Response("200", headers, message.content(), message.location())),
            List.of(),
            NONE,
            message.location()));
  }
}
