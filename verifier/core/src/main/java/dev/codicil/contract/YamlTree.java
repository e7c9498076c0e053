package dev.codicil.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
 * Reads YAML 1.2 (core schema) from parser events. Aliases are replayed where they stand, so each
 * use has the alias's own position and counts against the bounds.
 */
final class YamlTree {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,400}");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?(\\.[0-9]{1,400}|[0-9]{1,400}(\\.[0-9]{0,400})?)([eE][-+]?[0-9]{1,3})?");

  private final String file;
  private final TreeBuilder tree;
  private final Map<Anchor, List<Event>> anchors = new HashMap<>();
  private final List<Recording> recordings = new ArrayList<>();

  private static final class Recording {
    final Anchor anchor;
    final List<Event> events = new ArrayList<>();
    int depth;

    Recording(Anchor anchor) {
      this.anchor = anchor;
    }
  }

  private YamlTree(String file) {
    this.file = file;
    this.tree = new TreeBuilder(file);
  }

  static SourceDocument read(String file, String text) {
    YamlTree reader = new YamlTree(file);
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

  private final java.util.ArrayDeque<Boolean> expectKey = new java.util.ArrayDeque<>();

  private void accept(Event event) {
    record(event);
    build(event, null, 0);
  }

  private void record(Event event) {
    if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
      node.getAnchor().ifPresent(anchor -> recordings.add(new Recording(anchor)));
    }
    recordings.removeIf(
        recording -> {
          recording.events.add(event);
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> recording.depth++;
            case MappingEnd, SequenceEnd -> recording.depth--;
            default -> {}
          }
          if (recording.depth == 0) {
            anchors.put(recording.anchor, recording.events);
            return true;
          }
          return false;
        });
  }

  private void build(Event event, @Nullable Mark aliasMark, int aliasDepth) {
    Mark mark = aliasMark != null ? aliasMark : event.getStartMark().orElse(null);
    int line = mark == null ? 0 : mark.getLine() + 1;
    int column = mark == null ? 0 : mark.getColumn() + 1;
    switch (event.getEventId()) {
      case Alias -> replay((AliasEvent) event, mark, aliasDepth);
      case Scalar -> scalar((ScalarEvent) event, line, column);
      case MappingStart -> {
        refuseContainerKey(line, column);
        tree.startObject(line, column);
        expectKey.push(true);
      }
      case SequenceStart -> {
        refuseContainerKey(line, column);
        tree.startArray(line, column);
        expectKey.push(false);
      }
      case MappingEnd, SequenceEnd -> {
        tree.end();
        expectKey.pop();
        valueDone();
      }
      default -> {}
    }
  }

  private void replay(AliasEvent alias, @Nullable Mark mark, int aliasDepth) {
    List<Event> events = anchors.get(alias.getAlias());
    if (events == null || aliasDepth > 50) {
      throw new InputException(
          position(file, mark),
          "the alias *" + alias.getAlias() + " refers to itself or to nothing before it",
          "define the anchor before it is used, outside of itself");
    }
    for (Event event : events) {
      build(event, mark, aliasDepth + 1);
    }
  }

  private void scalar(ScalarEvent scalar, int line, int column) {
    if (tree.inObject() && Boolean.TRUE.equals(expectKey.peek())) {
      tree.name(scalar.getValue(), line, column);
      expectKey.pop();
      expectKey.push(false);
      return;
    }
    tree.value(resolve(scalar), line, column);
    valueDone();
  }

  private void valueDone() {
    if (tree.inObject()) {
      expectKey.pop();
      expectKey.push(true);
    }
  }

  private void refuseContainerKey(int line, int column) {
    if (tree.inObject() && Boolean.TRUE.equals(expectKey.peek())) {
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
