package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says a validator's errors as mismatches: short, sorted by path, at most {@value #MAX}. Errors
 * inside alternatives are told only when one alternative is clearly the meant one: the only one of
 * the value's type.
 */
public final class Mismatches {
  public static final int MAX = 20;
  private static final int MAX_TEXT = 80;
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "dependentSchemas", "$defs");
  private static final Set<String> STEPS_IN =
      Set.of(
          "items",
          "prefixItems",
          "additionalProperties",
          "patternProperties",
          "unevaluatedItems",
          "unevaluatedProperties",
          "properties",
          "contains");

  private final String prefix;
  private final JsonNode value;

  Mismatches(String prefix, JsonNode value) {
    this.prefix = prefix;
    this.value = value;
  }

  /** Errors of one place where alternatives are tried. */
  private static final class Choice {
    String at = "";
    @Nullable Error summary;
    final Map<String, List<Error>> branches = new TreeMap<>();
  }

  List<Mismatch> of(List<Error> errors) {
    Set<Mismatch> found =
        new TreeSet<>(
            Comparator.comparing(Mismatch::path)
                .thenComparing(Mismatch::expected)
                .thenComparing(Mismatch::actual));
    Map<String, Choice> choices = new LinkedHashMap<>();
    for (Error error : errors) {
      if (!choose(error, choices)) {
        found.add(plain(error));
      }
    }
    choices.values().forEach(choice -> found.addAll(of(choice)));
    List<Mismatch> sorted = new ArrayList<>(found);
    if (sorted.size() > MAX) {
      int more = sorted.size() - MAX + 1;
      sorted = new ArrayList<>(sorted.subList(0, MAX - 1));
      sorted.add(new Mismatch(prefix, "no further mismatch", more + " more"));
    }
    return List.copyOf(sorted);
  }

  /** Files an error under the outermost alternatives it stands in, if any. */
  private static boolean choose(Error error, Map<String, Choice> choices) {
    String[] path = error.getEvaluationPath().toString().split("/", -1);
    int depth = 0;
    for (int i = 1; i < path.length; i++) {
      if (path[i].equals("oneOf") || path[i].equals("anyOf")) {
        String at = cut(error.getInstanceLocation().toString(), depth);
        String name = String.join("/", Arrays.copyOf(path, i + 1)) + " " + at;
        Choice choice = choices.computeIfAbsent(name, unused -> new Choice());
        choice.at = at;
        if (i + 1 == path.length) {
          choice.summary = error;
        } else {
          choice.branches.computeIfAbsent(path[i + 1], unused -> new ArrayList<>()).add(error);
        }
        return true;
      }
      depth += STEPS_IN.contains(path[i]) ? 1 : 0;
      i += NAMED.contains(path[i]) || path[i].equals("prefixItems") ? 1 : 0;
    }
    return false;
  }

  /** The first {@code depth} steps of a pointer. */
  private static String cut(String pointer, int depth) {
    int end = 0;
    for (int i = 1; i < depth; i++) {
      int next = pointer.indexOf('/', end + 1);
      if (next < 0) {
        return pointer;
      }
      end = next;
    }
    int last = pointer.indexOf('/', end + 1);
    return depth == 0 ? "" : last < 0 ? pointer : pointer.substring(0, last);
  }

  private List<Mismatch> of(Choice choice) {
    List<List<Error>> meant = new ArrayList<>();
    for (List<Error> branch : choice.branches.values()) {
      if (branch.stream().noneMatch(error -> isOfOtherType(error, choice.at))) {
        meant.add(branch);
      }
    }
    boolean several =
        choice.summary != null
            && choice.summary.getArguments() != null
            && choice.summary.getArguments().length > 0
            && !"0".equals(String.valueOf(choice.summary.getArguments()[0]));
    if (several) {
      return List.of(
          new Mismatch(prefix + choice.at, "exactly one of the alternatives", "several match"));
    }
    if (meant.size() == 1) {
      return meant.get(0).stream().map(this::plain).toList();
    }
    return List.of(
        new Mismatch(prefix + choice.at, "one of the alternatives", shown(value.at(choice.at))));
  }

  /** Whether an error says that the whole value has another type than the alternative's. */
  private static boolean isOfOtherType(Error error, String at) {
    boolean onlyNull =
        "enum".equals(error.getKeyword())
            && error.getSchemaNode() != null
            && error.getSchemaNode().size() == 1
            && error.getSchemaNode().get(0).isNull();
    return ("type".equals(error.getKeyword()) || onlyNull)
        && error.getInstanceLocation().toString().equals(at);
  }

  private Mismatch plain(Error error) {
    String at = prefix + error.getInstanceLocation();
    String keyword = error.getKeyword() == null ? "" : error.getKeyword();
    JsonNode said = error.getSchemaNode();
    String rule =
        said == null ? "" : shorten(said.isTextual() ? said.textValue() : said.toString());
    JsonNode found = error.getInstanceNode();
    String property = error.getProperty();
    if (property != null && keyword.equals("required")) {
      return new Mismatch(child(at, property), "a value (required)", "missing");
    }
    if (keyword.equals("additionalProperties") || keyword.startsWith("unevaluated")) {
      String extra = property == null ? at : child(at, property);
      JsonNode there = property == null ? found : found == null ? null : found.get(property);
      return new Mismatch(extra, "no such field", shown(there));
    }
    return switch (keyword) {
      case "type" -> new Mismatch(at, types(said), typed(found));
      case "enum" -> new Mismatch(at, "one of " + rule, shown(found));
      case "const" -> new Mismatch(at, rule, shown(found));
      case "format" -> new Mismatch(at, "format " + rule, shown(found));
      case "pattern" -> new Mismatch(at, "a match of " + rule, shown(found));
      case "minimum" ->
          new Mismatch(at, (equal(said, found) ? "more than " : "at least ") + rule, shown(found));
      case "maximum" ->
          new Mismatch(at, (equal(said, found) ? "less than " : "at most ") + rule, shown(found));
      case "exclusiveMinimum" -> new Mismatch(at, "more than " + rule, shown(found));
      case "exclusiveMaximum" -> new Mismatch(at, "less than " + rule, shown(found));
      case "multipleOf" -> new Mismatch(at, "a multiple of " + rule, shown(found));
      case "minLength" -> new Mismatch(at, "at least " + rule + " characters", shown(found));
      case "maxLength" -> new Mismatch(at, "at most " + rule + " characters", shown(found));
      case "minItems" -> new Mismatch(at, "at least " + rule + " items", counted(found));
      case "maxItems" -> new Mismatch(at, "at most " + rule + " items", counted(found));
      case "uniqueItems" -> new Mismatch(at, "no item twice", shown(found));
      case "not" -> new Mismatch(at, "no match of the excluded schema", shown(found));
      default -> new Mismatch(at, keyword + " " + rule, shown(found));
    };
  }

  /** A bound that is missed by nothing is an exclusive one of OpenAPI 3.0. */
  private static boolean equal(@Nullable JsonNode bound, @Nullable JsonNode found) {
    return bound != null
        && found != null
        && bound.decimalValue().compareTo(found.decimalValue()) == 0;
  }

  private static String child(String pointer, String name) {
    return SourceDocument.child(pointer, name);
  }

  private static String types(@Nullable JsonNode said) {
    if (said == null || said.isTextual()) {
      return said == null ? "another type" : said.textValue();
    }
    List<String> names = new ArrayList<>();
    said.forEach(name -> names.add(name.asText()));
    return String.join(" or ", names);
  }

  private static String typed(@Nullable JsonNode found) {
    if (found == null) {
      return "missing";
    }
    String type = JsonType.of(found).label();
    return found.isContainerNode() || found.isNull() ? type : type + " " + shown(found);
  }

  private static String counted(@Nullable JsonNode found) {
    return found == null ? "missing" : found.size() + " items";
  }

  static String shown(@Nullable JsonNode found) {
    return found == null || found.isMissingNode() ? "missing" : shorten(found.toString());
  }

  public static String shorten(String text) {
    return text.codePointCount(0, text.length()) <= MAX_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT)) + "...";
  }
}
