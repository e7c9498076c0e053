package dev.codicil.amendment.rule;

import dev.codicil.contract.Assertions;
import dev.codicil.contract.Shape;
import java.util.Set;
import java.util.TreeSet;

/** What a node says that no other rule compares. */
public final class UnreadKeywords {
  private UnreadKeywords() {}

  /**
   * Keywords that were seen and are not compared otherwise; a digest of the value may follow after
   * a {@code #}.
   */
  public static Set<String> of(Shape.Node node) {
    if (node.unread().isEmpty()) {
      return Set.of();
    }
    Set<String> keywords = new TreeSet<>(node.unread());
    keywords.removeAll(Assertions.KEYWORDS);
    return keywords;
  }
}
