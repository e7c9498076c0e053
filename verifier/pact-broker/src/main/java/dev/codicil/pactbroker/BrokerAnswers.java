package dev.codicil.pactbroker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import dev.codicil.pactbroker.BrokerFailure.Kind;
import dev.codicil.pactbroker.BrokerHttp.Answer;

/** Tells what an answer of a broker is: a resource, or which failure. */
final class BrokerAnswers {
  private static final String ADDRESS = "check the address of the broker";

  private final BrokerAddress broker;
  private final BrokerHttp http;
  private final int retries;

  BrokerAnswers(BrokerAddress broker, BrokerHttp http, int retries) {
    this.broker = broker;
    this.http = http;
    this.retries = retries;
  }

  /** Ends with what a broker says that does not do what it is asked. */
  void accepted(Answer answer) throws BrokerFailure {
    if (answer.status() / 100 != 2) {
      throw refusal(answer);
    }
  }

  /** The document of a good answer. */
  HalDocument hal(Answer answer) throws BrokerFailure {
    accepted(answer);
    JsonNode root;
    try {
      root = Json.mapper().readTree(answer.text());
    } catch (JsonProcessingException malformed) {
      boolean page = answer.type().contains("html") || answer.text().stripLeading().startsWith("<");
      throw new BrokerFailure(
          Kind.REFUSED,
          http.shown(answer.at())
              + (page
                  ? " answers with a page for people (" + http.redacted(answer.type()) + ")"
                  : " answers with what is no JSON"),
          page
              ? "check the address of the broker, and whether a login page stands before it"
              : ADDRESS);
    }
    HalDocument document = new HalDocument(answer.at(), root);
    if (!document.isHal()) {
      throw new BrokerFailure(
          Kind.REFUSED, http.shown(answer.at()) + " answers with JSON without _links", ADDRESS);
    }
    return document;
  }

  /** What an answer means that is none to what was asked. */
  BrokerFailure refusal(Answer answer) {
    String where = http.shown(answer.at()) + " answers " + answer.status();
    String said = said(answer);
    boolean known = broker.login() != null;
    return switch (answer.status()) {
      case 401 ->
          new BrokerFailure(
              Kind.REFUSED,
              where + (known ? ": it does not take the credentials" : ": it asks for credentials"),
              !known
                  ? "declare auth: { bearer: ... } or { basic: ... }"
                  : broker.owns(answer.at())
                      ? "check the token, or name and password"
                      : "credentials are given to the declared host only, and not where it"
                          + " redirects to: name that address");
      case 403 ->
          new BrokerFailure(
              Kind.REFUSED, where + ": it is not allowed" + said, "ask for the permission");
      case 404 ->
          new BrokerFailure(Kind.ABSENT, where + ": there is no such thing" + said, ADDRESS);
      default ->
          BrokerHttp.failed(answer.status())
              ? new BrokerFailure(
                  Kind.FAILED,
                  where + (retries > 0 ? ", tried again and again" : "") + said,
                  "look after the broker, or try later")
              : new BrokerFailure(Kind.REFUSED, where + said, "");
    };
  }

  /** What the broker says about an error, in its own words. */
  private String said(Answer answer) {
    try {
      JsonNode root = Json.mapper().readTree(answer.text());
      JsonNode error = root == null ? null : root.path("error");
      if (error == null) {
        return "";
      }
      String text =
          error.path("message").isTextual()
              ? error.path("message").asText()
              : root.path("errors").isMissingNode()
                  ? error.asText("")
                  : root.path("errors").toString();
      return text.isBlank() ? "" : ": " + http.redacted(text);
    } catch (JsonProcessingException noJson) {
      return "";
    }
  }
}
