package dev.codicil.conformance;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code conform} can find, each with its card. */
public final class ConformityRules {
  /**
   * The reference entry of a rule of {@code conform}.
   *
   * @param id in kebab-case, stable
   * @param title one line
   * @param why whom it breaks, and when it is a risk only
   * @param example what it finds
   * @param remedy how the two are brought together
   */
  public record Card(String id, String title, String why, String example, String remedy) {}

  private static final List<Card> ALL =
      List.of(
          new Card(
              "request-not-allowed",
              "A consumer sends a request that the document refuses",
              "The path, method, a parameter, the media type or the body is none that the document"
                  + " allows, so the provider may answer with an error.",
              "a pact sends `POST /orders` without the required header `idempotency-key`",
              "describe what the consumer sends, or change the consumer"),
          new Card(
              "request-parameter-not-described",
              "A consumer sends a parameter that the document does not know",
              "Providers ignore most unknown parameters, so this is a risk: the consumer believes"
                  + " that it does something.",
              "a pact sends `?page=2`, and the operation has no parameter `page`",
              "describe the parameter, or stop sending it"),
          new Card(
              "request-body-not-described",
              "A consumer sends a body where the document describes none",
              "Providers ignore most bodies that they do not expect, so this is a risk.",
              "a pact sends a body with `DELETE /orders/{id}`",
              "describe the body, or stop sending it"),
          new Card(
              "reply-status-not-promised",
              "A consumer expects a status that the document does not list",
              "What is not listed need never come. It is a risk where `default` stands for it.",
              "a pact expects 202 and the operation lists 201 and 404",
              "list the status, or expect one that is listed"),
          new Card(
              "reply-header-not-promised",
              "A consumer relies on a header of the reply that the document does not promise",
              "A header that is not described need not be there; one that is optional is a risk.",
              "a pact expects `location`, and 201 describes no header of that name",
              "describe the header as required, or do without it"),
          new Card(
              "reply-body-not-promised",
              "A consumer relies on a body where the document describes none",
              "A reply that is described without content need not have any.",
              "a pact reads the body of 204",
              "describe the body, or do without it"),
          new Card(
              "reply-media-type-not-promised",
              "A consumer expects a body of a media type that the document does not list",
              "The consumer may not be able to read what comes.",
              "a pact expects `application/json`, and 200 lists `application/xml`",
              "list the media type, or ask for one that is listed"),
          new Card(
              "reply-field-not-promised",
              "A consumer relies on a field of the reply that the document does not promise",
              "A field that is not described need not be there. It is a risk where it is optional,"
                  + " or where the document allows any field.",
              "a pact matches `$.body.expiresAt`, and the schema has `validUntil` alone",
              "describe the field as required, or do without it"),
          new Card(
              "reply-type-not-accepted",
              "A field of the reply may have a type that the consumer does not take",
              "No reply fits when the types have nothing in common; where only some of them differ,"
                  + " or where null may come, it is a risk.",
              "a pact takes an integer, and the schema says string",
              "narrow the schema, or take what it allows"),
          new Card(
              "reply-value-not-accepted",
              "A field of the reply may have a value that the consumer does not take",
              "No reply fits when no value satisfies both; where some do, it is a risk.",
              "a pact takes `paid` or `open`, and the enumeration has `refunded` too",
              "narrow the schema, or take what it allows"),
          new Card(
              "message-not-described",
              "A consumer reads a message that the document does not describe",
              "Nothing says that such a message is ever sent.",
              "a pact reads `license revoked`, and no channel or message has that name",
              "describe the message under the name or channel that the consumer uses"));

  private static final Map<String, Card> BY_ID =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Card::id, Function.identity()));

  private ConformityRules() {}

  /** All of them, requests before replies before messages. */
  public static List<Card> all() {
    return ALL;
  }

  /** Holds that what is found has a card. */
  static String known(String id) {
    if (!BY_ID.containsKey(id)) {
      throw new IllegalArgumentException("a rule without a card: " + id);
    }
    return id;
  }
}
