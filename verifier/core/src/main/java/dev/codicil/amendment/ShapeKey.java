package dev.codicil.amendment;

import dev.codicil.contract.Shape;

/**
 * Identity of a shape for memos: the file and target of a reference, so that a resolver may build
 * its node anew each time, else the node object itself. Never hashes a tree.
 */
public record ShapeKey(Object identity) {

  /** The identity of a shape. */
  public static ShapeKey of(Shape shape) {
    return shape instanceof Shape.Reference reference
        ? new ShapeKey(new Named(reference.location().file(), reference.target()))
        : new ShapeKey(new Same(shape.node()));
  }

  /** A shape of the base with its partner in the head. */
  public record Pair(ShapeKey before, ShapeKey after) {
    /** The identity of two shapes together. */
    public static Pair of(Shape before, Shape after) {
      return new Pair(ShapeKey.of(before), ShapeKey.of(after));
    }
  }

  private record Named(String file, String target) {}

  private static final class Same {
    private final Shape.Node node;

    Same(Shape.Node node) {
      this.node = node;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Same that && node == that.node;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(node);
    }
  }
}
