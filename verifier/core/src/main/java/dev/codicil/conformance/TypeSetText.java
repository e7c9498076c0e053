package dev.codicil.conformance;

import dev.codicil.amendment.rule.TypeSet;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of a shape in a sentence. */
final class TypeSetText {
  private TypeSetText() {}

  static String of(Shape.Node node) {
    if (!TypeSet.named(node)) {
      return "any type";
    }
    Set<JsonType> types = EnumSet.copyOf(TypeSet.of(node));
    if (types.contains(JsonType.NUMBER)) {
      types.remove(JsonType.INTEGER);
    }
    return types.stream().map(JsonType::label).collect(Collectors.joining(" or "));
  }
}
