package dev.codicil.amendment.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.amendment.Direction;
import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Expectation;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpInteraction.Style;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Location;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small builders of contracts for tests. */
public final class Contracts {
  public static final Location HERE = Location.of("licenses.yaml");
  public static final String JSON = "application/json";

  private Contracts() {}

  public static Shape.Builder shape(JsonType first, JsonType... rest) {
    return Shape.at(HERE).type(first, rest);
  }

  public static Shape.Node string() {
    return shape(JsonType.STRING).build();
  }

  public static Shape.Node integer() {
    return shape(JsonType.INTEGER).build();
  }

  public static Shape.Builder object() {
    return shape(JsonType.OBJECT);
  }

  public static Shape.Node array(Shape items) {
    return shape(JsonType.ARRAY).items(items).build();
  }

  public static Shape.Reference ref(String name, Shape.Node target) {
    return new Shape.Reference("#/components/schemas/" + name, () -> target, HERE);
  }

  public static Shape.Node oneOf(Shape... options) {
    return Shape.at(HERE).alternatives(Shape.Combination.ONE_OF, List.of(options)).build();
  }

  public static Shape.Node anyOf(Shape... options) {
    return Shape.at(HERE).alternatives(Shape.Combination.ANY_OF, List.of(options)).build();
  }

  public static Shape.Node enumeration(String... values) {
    List<JsonNode> nodes = new ArrayList<>();
    Arrays.stream(values).map(TextNode::valueOf).forEach(nodes::add);
    return shape(JsonType.STRING).enumeration(nodes).build();
  }

  public static Parameter query(String name, boolean required, Shape shape) {
    return new Parameter(Parameter.In.QUERY, name, required, shape, HERE);
  }

  public static Parameter header(String name, boolean required) {
    return new Parameter(Parameter.In.HEADER, name, required, string(), HERE);
  }

  public static Body json(Shape shape) {
    return new Body(true, Map.of(JSON, shape), HERE);
  }

  public static Body types(String... mediaTypes) {
    Map<String, Shape> content = new LinkedHashMap<>();
    for (String type : mediaTypes) {
      content.put(type, string());
    }
    return new Body(false, content, HERE);
  }

  /** A document that carries the shape in a request or in a reply. */
  public static List<Contract> carrying(Direction direction, Shape shape) {
    Operation operation = operation("POST", "/licenses");
    return direction == Direction.REQUEST
        ? operation.body(json(shape)).reply("200", Body.none(HERE)).document()
        : operation.reply("200", json(shape)).document();
  }

  public static Operation operation(String method, String path) {
    return new Operation(method, path);
  }

  public static List<Contract> document(Operation... operations) {
    List<Interaction> interactions = new ArrayList<>();
    for (Operation operation : operations) {
      interactions.add(operation.schema());
    }
    return List.of(new Contract("openapi", "License Authority", null, interactions, HERE));
  }

  public static List<Contract> pact(String consumer, HttpInteraction... interactions) {
    return List.of(
        new Contract(
            "pact",
            "license-authority",
            consumer,
            List.of(interactions),
            Location.of(consumer + ".json")));
  }

  @SafeVarargs
  public static List<Contract> together(List<Contract>... sides) {
    List<Contract> all = new ArrayList<>();
    Arrays.stream(sides).forEach(all::addAll);
    return all;
  }

  /** Builds one interaction. */
  public static final class Operation {
    private final String method;
    private final String path;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private @Nullable Body body;

    private Operation(String method, String path) {
      this.method = method;
      this.path = path;
    }

    public Operation parameter(Parameter parameter) {
      parameters.add(parameter);
      return this;
    }

    public Operation body(Body value) {
      body = value;
      return this;
    }

    public Operation reply(String status, Body value, Parameter... headers) {
      responses.add(new Response(status, List.of(headers), value, HERE));
      return this;
    }

    public HttpInteraction schema() {
      return build(method + " " + path, method + " " + path, Style.BY_SCHEMA);
    }

    public HttpInteraction example(String description) {
      return build(description, description, Style.BY_EXAMPLE);
    }

    public List<Contract> document() {
      return Contracts.document(this);
    }

    private HttpInteraction build(String key, String description, Style style) {
      return new HttpInteraction(
          key,
          description,
          style,
          List.of(),
          method,
          path,
          parameters,
          body == null ? Body.none(HERE) : body,
          responses,
          List.of(),
          NEVER_ASKED,
          HERE);
    }
  }

  private static final Expectation NEVER_ASKED =
      new Expectation() {
        @Override
        public List<Mismatch> check(HttpRequest request, HttpReply reply) {
          throw new AssertionError("a diff asks no expectation");
        }

        @Override
        public boolean declaresError(HttpRequest request, HttpReply reply) {
          throw new AssertionError("a diff asks no expectation");
        }
      };
}
