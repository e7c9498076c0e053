package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 (core schema) from parser events. What an alias names is copied to where it
 * stands, so each use has the alias's own position and counts against the bounds.
 */
final class YamlTree {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,400}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,400}");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,400}");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?(\\.[0-9]{1,400}|[0-9]{1,400}(\\.[0-9]{0,400})?)([eE][-+]?[0-9]{1,3})?");

  private final String file;
  private final TreeBuilder tree;
  private final Map<Anchor, JsonNode> anchors = new HashMap<>();
  private final Deque<Container> open = new ArrayDeque<>();

  /** A container that is not closed yet; {@code expectsKey} only ever holds for mappings. */
  private static final class Container {
    final @Nullable Anchor anchor;
    boolean expectsKey;

    Container(@Nullable Anchor anchor, boolean expectsKey) {
      this.anchor = anchor;
      this.expectsKey = expectsKey;
    }
  }

  private YamlTree(String file, boolean takesSeveral) {
    this.file = file;
    this.tree = new TreeBuilder(file, takesSeveral);
  }

  static SourceDocument read(String file, String text, boolean takesSeveral) {
    YamlTree reader = new YamlTree(file, takesSeveral);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(DocumentReader.MAX_BYTES)
            .setUseMarks(true)
            .build();
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        reader.accept(event);
      }
    } catch (MarkedYamlEngineException malformed) {
      Mark mark = malformed.getProblemMark().orElse(null);
      throw new InputException(
          position(file, mark),
          "not well-formed YAML: " + malformed.getProblem(),
          "check the indentation and quoting at that line");
    } catch (YamlEngineException malformed) {
      throw new InputException(
          Location.of(file), "not well-formed YAML: " + malformed.getMessage(), "");
    }
    return reader.tree.finish();
  }

  private void accept(Event event) {
    Mark mark = event.getStartMark().orElse(null);
    int line = mark == null ? 0 : mark.getLine() + 1;
    int column = mark == null ? 0 : mark.getColumn() + 1;
    switch (event.getEventId()) {
      case Alias -> alias((AliasEvent) event, line, column);
      case Scalar -> scalar((ScalarEvent) event, line, column);
      case MappingStart -> {
        refuseContainerKey(line, column);
        tree.startObject(line, column);
        open.push(new Container(((NodeEvent) event).getAnchor().orElse(null), true));
      }
      case SequenceStart -> {
        refuseContainerKey(line, column);
        tree.startArray(line, column);
        open.push(new Container(((NodeEvent) event).getAnchor().orElse(null), false));
      }
      case MappingEnd, SequenceEnd -> {
        JsonNode closed = tree.end();
        // Known only now, so that no alias can stand inside of what it names.
        anchor(open.pop().anchor, closed);
        valueDone();
      }
      // An anchor ends with its document.
      case DocumentStart -> anchors.clear();
      default -> {}
    }
  }

  private void anchor(@Nullable Anchor anchor, JsonNode value) {
    if (anchor != null) {
      anchors.put(anchor, value);
    }
  }

  private void alias(AliasEvent alias, int line, int column) {
    JsonNode value = anchors.get(alias.getAlias());
    if (value == null) {
      throw new InputException(
          new Location(file, line, column, ""),
          "the alias *" + alias.getAlias() + " refers to itself or to nothing before it",
          "define the anchor before it is used, outside of itself");
    }
    if (expectsKey()) {
      if (value.isContainerNode()) {
        refuseContainerKey(line, column);
      }
      name(value.asText(), line, column);
      return;
    }
    tree.copy(value, line, column);
    valueDone();
  }

  private void scalar(ScalarEvent scalar, int line, int column) {
    Anchor anchor = scalar.getAnchor().orElse(null);
    if (expectsKey()) {
      anchor(anchor, JsonNodeFactory.instance.textNode(scalar.getValue()));
      name(scalar.getValue(), line, column);
      return;
    }
    JsonNode value = resolve(scalar);
    anchor(anchor, value);
    tree.value(value, line, column);
    valueDone();
  }

  private void name(String name, int line, int column) {
    tree.name(name, line, column);
    open.element().expectsKey = false;
  }

  private boolean expectsKey() {
    return !open.isEmpty() && open.element().expectsKey;
  }

  private void valueDone() {
    if (tree.inObject()) {
      open.element().expectsKey = true;
    }
  }

  private void refuseContainerKey(int line, int column) {
    if (expectsKey()) {
      throw new InputException(
          new Location(file, line, column, ""),
          "a mapping key that is not a plain text",
          "use text keys only");
    }
  }

  private static JsonNode resolve(ScalarEvent scalar) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    String text = scalar.getValue();
    Optional<String> tag = scalar.getTag();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN
        || tag.filter("tag:yaml.org,2002:str"::equals).isPresent()) {
      return nodes.textNode(text);
    }
    switch (text) {
      case "", "~", "null", "Null", "NULL":
        return nodes.nullNode();
      case "true", "True", "TRUE":
        return nodes.booleanNode(true);
      case "false", "False", "FALSE":
        return nodes.booleanNode(false);
      default:
        break;
    }
    if (INTEGER.matcher(text).matches()) {
      return nodes.numberNode(new BigInteger(text.startsWith("+") ? text.substring(1) : text));
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return nodes.numberNode(new BigInteger(text.substring(2), 16));
    }
    if (OCTAL.matcher(text).matches()) {
      return nodes.numberNode(new BigInteger(text.substring(2), 8));
    }
    if (FLOAT.matcher(text).matches()) {
      return nodes.numberNode(new BigDecimal(text));
    }
    return nodes.textNode(text);
  }

  private static Location position(String file, @Nullable Mark mark) {
    return mark == null
        ? Location.of(file)
        : new Location(file, mark.getLine() + 1, mark.getColumn() + 1, "");
  }
}
