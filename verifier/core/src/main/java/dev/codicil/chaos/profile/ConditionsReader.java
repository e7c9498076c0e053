package dev.codicil.chaos.profile;

import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Match;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.When;
import dev.codicil.contract.InputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which exchanges a fault strikes: {@code match}, {@code when} and {@code toxicity}. */
final class ConditionsReader {
  static final int MOST_EXCHANGES = 1_000_000;
  static final String METHOD_PATTERN = "[A-Z][A-Z-]{0,19}";

  /** No query: what is asked for is matched by its path. */
  static final String PATH_PATTERN = "/[!->@-~]{0,499}";

  static final String HEADER_PATTERN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}";

  static final List<String> MATCH = List.of("method", "path", "operation", "header", "field");
  static final List<String> HEADER = List.of("name", "value");
  static final FaultCard.Parameter TOXICITY =
      new FaultCard.Parameter(
          "toxicity",
          FaultCard.Type.FRACTION,
          null,
          "Probability with which an exchange is struck; drawn from the seed, 1 by default.");
  static final FaultCard.Parameter FIELD =
      new FaultCard.Parameter(
          "field",
          FaultCard.Type.POINTER,
          null,
          "Only messages whose body has this field; '*' is any item of an array.");
  static final FaultCard.Parameter VALUE =
      new FaultCard.Parameter("value", FaultCard.Type.TEXT, null, "Its exact value.");
  static final FaultCard.Parameter CALL = count("call", "Only the exchange of this number.");
  static final FaultCard.Parameter FIRST = count("first", "Only the first ones, this many.");
  static final FaultCard.Parameter EVERY =
      count("every", "Only every second, third, ... exchange.");
  static final List<FaultCard.Parameter> WHEN = List.of(CALL, FIRST, EVERY);

  private static final Pattern METHOD = Pattern.compile(METHOD_PATTERN);
  private static final Pattern PATH = Pattern.compile(PATH_PATTERN);
  private static final Pattern NAME = Pattern.compile(HEADER_PATTERN);
  private static final String A_METHOD = "an HTTP method in upper case, such as GET";
  private static final String A_PATH =
      "a path without a query, such as /licenses/{id}, of at most 500 printable ASCII characters";

  private ConditionsReader() {}

  static FaultCard.Parameter count(String name, String description) {
    return new FaultCard.Parameter(name, FaultCard.Type.INTEGER, null, description)
        .between(1, MOST_EXCHANGES);
  }

  static int integer(Node value, FaultCard.Parameter parameter) {
    return Integer.parseInt(ParameterText.of(value, parameter));
  }

  static Conditions read(Node entry, Fault fault, Stream stream, Parameters complete) {
    Match match = entry.get("match").map(ConditionsReader::match).orElse(Match.ANY);
    if (match.needsBody() && fault.plannedAt(stream, complete) != stream) {
      throw contradiction(
          entry.require("match", ""),
          "'match' of '" + fault.card().id() + "'",
          "it strikes before there is a reply, so no field of the reply can be looked for");
    }
    if (fault.atConnection() && !match.equals(Match.ANY)) {
      throw contradiction(
          entry.require("match", ""),
          "'match' of '" + fault.card().id() + "'",
          "it strikes connections as they open, before anybody has said what is asked for");
    }
    When when = entry.get("when").map(ConditionsReader::when).orElse(When.ALWAYS);
    return new Conditions(
        match,
        when,
        entry.get("toxicity").map(ConditionsReader::toxicity).orElse(1.0),
        Conditions.UNBOUNDED);
  }

  private static double toxicity(Node node) {
    double toxicity = Double.parseDouble(ParameterText.of(node, TOXICITY));
    if (toxicity == 0) {
      throw contradiction(node, "'toxicity'", "a fault of toxicity 0 never strikes");
    }
    return toxicity;
  }

  private static Match match(Node node) {
    Node match = filled(node, MATCH);
    Optional<Node> operation = match.get("operation");
    String method = match.get("method").map(ConditionsReader::method).orElse(null);
    String path = match.get("path").map(ConditionsReader::path).orElse(null);
    if (operation.isPresent()) {
      if (method != null || path != null) {
        throw contradiction(
            node,
            "'match'",
            "an operation is a method and a path, so '"
                + (method != null ? "method" : "path")
                + "' cannot be given as well");
      }
      String[] words = operation(operation.get());
      method = words[0];
      path = words[1];
    }
    String header = null;
    String value = null;
    Optional<Node> wanted = match.get("header");
    if (wanted.isPresent()) {
      header = header(wanted.get());
      value = wanted.get().get("value").map(v -> ParameterText.of(v, VALUE)).orElse(null);
    }
    String field = match.get("field").map(f -> ParameterText.of(f, FIELD)).orElse(null);
    return new Match(method, path, header, value, field);
  }

  private static String method(Node node) {
    return checked(node, METHOD, A_METHOD, upper(node));
  }

  private static String path(Node node) {
    return checked(node, PATH, A_PATH, "");
  }

  private static String[] operation(Node node) {
    String[] words = node.text().split(" ", 2);
    if (words.length != 2
        || !METHOD.matcher(words[0]).matches()
        || !PATH.matcher(words[1]).matches()) {
      throw node.wrongType("a method and a path, such as GET /licenses/{id}", "");
    }
    return words;
  }

  private static String header(Node node) {
    node.object(HEADER);
    return checked(
        node.require("name", "write 'header: { name: X-Tenant }'"),
        NAME,
        "a header name, such as X-Tenant",
        "");
  }

  private static String upper(Node node) {
    String text = node.value().isTextual() ? node.text().toUpperCase(Locale.ROOT) : "";
    return METHOD.matcher(text).matches() ? "did you mean " + Node.quote(text) + "?" : "";
  }

  private static String checked(Node node, Pattern pattern, String expected, String remedy) {
    if (!pattern.matcher(node.text()).matches()) {
      throw node.wrongType(expected, remedy);
    }
    return node.text();
  }

  private static When when(Node node) {
    Node when = filled(node, WHEN.stream().map(FaultCard.Parameter::name).toList());
    Integer call = number(when, CALL);
    Integer first = number(when, FIRST);
    Integer every = number(when, EVERY);
    if (call != null) {
      if (first != null || every != null) {
        throw contradiction(
            node,
            "'when'",
            "'call' names one exchange, so '"
                + (first != null ? FIRST : EVERY).name()
                + "' cannot be given as well");
      }
      return new When(call, call, 1);
    }
    if (first != null && every != null && every > first) {
      throw contradiction(
          node,
          "'when'",
          "none of the first " + first + " exchanges has a number of every " + every);
    }
    return new When(1, first == null ? When.OPEN : first, every == null ? 1 : every);
  }

  private static @Nullable Integer number(Node when, FaultCard.Parameter parameter) {
    return when.get(parameter.name()).map(value -> integer(value, parameter)).orElse(null);
  }

  /** An object with at least one of these keys and no other. */
  static Node filled(Node node, List<String> keys) {
    node.object(keys);
    if (node.value().isEmpty()) {
      throw node.refuse(
          node.name() + " is empty; expected at least one of " + String.join(", ", keys),
          "leave it out");
    }
    return node;
  }

  private static InputException contradiction(Node node, String what, String why) {
    return node.refuse(what + " contradicts itself: " + why, "");
  }
}
