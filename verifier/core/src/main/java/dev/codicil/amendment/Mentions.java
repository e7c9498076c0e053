package dev.codicil.amendment;

import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The paths that a consumer's shape speaks of, in terms of the provider's schema: where that recurs
 * a path stands for the place at which it was entered first.
 */
final class Mentions {
  private static final int MOST = 50_000;

  private final Set<String> paths = new HashSet<>();

  Mentions(Shape shape, Part part) {
    Map<String, String> aliases = part.aliases();
    Deque<At> open = new ArrayDeque<>();
    Set<Seen> seen = new HashSet<>();
    open.add(new At(shape, part.root()));
    while (!open.isEmpty() && paths.size() < MOST) {
      At at = open.remove();
      String path = aliases.getOrDefault(at.path, at.path);
      if (!seen.add(new Seen(ShapeKey.of(at.shape), path))) {
        continue;
      }
      paths.add(at.path);
      paths.add(path);
      Shape.Node node = at.shape.node();
      node.properties()
          .forEach(
              (name, field) -> open.add(new At(field.shape(), SourceDocument.child(path, name))));
      if (node.items() != null) {
        open.add(new At(node.items(), path + "/*"));
      }
      if (node.additional() != null) {
        open.add(new At(node.additional(), path + "/*"));
      }
      node.alternatives().forEach(option -> open.add(new At(option, path)));
    }
  }

  private record At(Shape shape, String path) {}

  private record Seen(ShapeKey shape, String path) {}

  /** Whether the consumer speaks of a path; {@code *} in it or in a mention is any one segment. */
  boolean has(String path) {
    if (paths.contains(path)) {
      return true;
    }
    String[] wanted = path.split("/", -1);
    return paths.stream().anyMatch(mention -> fits(wanted, mention.split("/", -1)));
  }

  /** Whether the consumer speaks of a child of {@code path} whose name is not in {@code listed}. */
  boolean hasUnlistedChild(String path, Set<String> listed) {
    String prefix = path + "/";
    return paths.stream()
        .filter(mention -> mention.startsWith(prefix))
        .map(mention -> mention.substring(prefix.length()))
        .map(rest -> rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest)
        .anyMatch(name -> !name.equals("*") && !listed.contains(name));
  }

  private static boolean fits(String[] wanted, String[] mention) {
    if (wanted.length != mention.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals(mention[i]) && !wanted[i].equals("*") && !mention[i].equals("*")) {
        return false;
      }
    }
    return true;
  }
}
