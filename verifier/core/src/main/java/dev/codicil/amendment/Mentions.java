package dev.codicil.amendment;

import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places that a consumer's shape speaks of, by their path in the provider's schema: where that
 * recurs a path stands for the place at which it was entered first.
 */
final class Mentions {
  private static final int MOST = 50_000;

  private final Map<String, Mention> byPath = new LinkedHashMap<>();
  private final Listed listed;

  /**
   * A place of the consumer's contract.
   *
   * @param path as Pact writes it
   * @param location where it was read
   * @param sure whether it is always there when what it belongs to is
   */
  record Mention(String path, Location location, boolean sure) {}

  /**
   * @param place what the consumer's contract calls the part: {@code $.body}
   */
  Mentions(Shape shape, Part part, String place, Listed listed) {
    this.listed = listed;
    Map<String, String> aliases = part.aliases();
    Deque<At> open = new ArrayDeque<>();
    Set<Seen> seen = new HashSet<>();
    open.add(new At(shape, part.root(), place, true));
    while (!open.isEmpty() && byPath.size() < MOST) {
      At at = open.remove();
      String path = aliases.getOrDefault(at.path, at.path);
      if (!seen.add(new Seen(ShapeKey.of(at.shape), path))) {
        continue;
      }
      Mention mention = new Mention(at.place, at.shape.location(), at.sure);
      byPath.merge(at.path, mention, Mentions::surer);
      byPath.merge(path, mention, Mentions::surer);
      Shape.Node node = at.shape.node();
      node.properties()
          .forEach(
              (name, field) ->
                  open.add(
                      new At(
                          field.shape(),
                          SourceDocument.child(path, name),
                          MatcherPaths.field(at.place, name),
                          field.required() && !at.choice)));
      if (node.items() != null) {
        open.add(new At(node.items(), path + "/*", at.place + "[*]", false));
      }
      if (node.additional() != null) {
        open.add(new At(node.additional(), path + "/*", at.place + ".*", false));
      }
      boolean choice = node.alternatives().size() > 1;
      node.alternatives()
          .forEach(option -> open.add(new At(option, path, at.place, at.sure, choice)));
    }
  }

  private record At(Shape shape, String path, String place, boolean sure, boolean choice) {
    At(Shape shape, String path, String place, boolean sure) {
      this(shape, path, place, sure, false);
    }
  }

  private record Seen(ShapeKey shape, String path) {}

  private static Mention surer(Mention one, Mention other) {
    return !one.sure && other.sure ? new Mention(one.path, one.location, true) : one;
  }

  /**
   * Where the consumer speaks of a path; null when it does not. {@code *} in it is any item, or any
   * field that the provider does not list; in a mention it is any one segment.
   */
  @Nullable Mention find(String path) {
    Mention exact = byPath.get(path);
    if (exact != null || path.indexOf('*') < 0 && !anyWildcard()) {
      return exact;
    }
    String[] wanted = path.split("/", -1);
    for (Map.Entry<String, Mention> entry : byPath.entrySet()) {
      if (fits(wanted, entry.getKey().split("/", -1))) {
        return entry.getValue();
      }
    }
    return null;
  }

  private boolean anyWildcard() {
    return byPath.keySet().stream().anyMatch(mention -> mention.indexOf('*') >= 0);
  }

  /** Where it speaks of a child of {@code path} whose name is not among {@code names}. */
  @Nullable Mention unlistedChild(String path, Set<String> names) {
    String prefix = path + "/";
    for (Map.Entry<String, Mention> entry : byPath.entrySet()) {
      String mention = entry.getKey();
      if (mention.startsWith(prefix)) {
        String name = mention.substring(prefix.length());
        if (name.indexOf('/') < 0 && !name.equals("*") && !names.contains(name)) {
          return entry.getValue();
        }
      }
    }
    return null;
  }

  private boolean fits(String[] wanted, String[] mention) {
    if (wanted.length != mention.length) {
      return false;
    }
    StringBuilder parent = new StringBuilder();
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals(mention[i])) {
        boolean anyOf = wanted[i].equals("*") && !listed.at(parent.toString(), mention[i]);
        if (!anyOf && !mention[i].equals("*")) {
          return false;
        }
      }
      parent.append(i == 0 ? "" : "/").append(wanted[i]);
    }
    return true;
  }

  /** Which fields the provider's schema lists. */
  interface Listed {
    /** Whether the object at {@code path} lists a field. */
    boolean at(String path, String name);
  }
}
