package dev.codicil.amendment;

import dev.codicil.contract.Shape;

/**
 * Identity of a shape for memos: the file and target of a reference, so that a resolver may build
 * its node anew each time, else the node object itself. Never hashes a tree. Written out, since
 * these are compared millions of times and records do so slowly.
 */
public final class ShapeKey {
  private final Shape shape;
  private final int hash;

  private ShapeKey(Shape shape) {
    this.shape = shape;
    this.hash =
        shape instanceof Shape.Reference reference
            ? reference.location().file().hashCode() * 31 + reference.target().hashCode()
            : System.identityHashCode(shape);
  }

  /** The identity of a shape. */
  public static ShapeKey of(Shape shape) {
    return new ShapeKey(shape instanceof Shape.Reference ? shape : shape.node());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShapeKey that && same(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  private static boolean same(Shape left, Shape right) {
    return left == right
        || left instanceof Shape.Reference one
            && right instanceof Shape.Reference two
            && one.target().equals(two.target())
            && one.location().file().equals(two.location().file());
  }

  /** A shape of the base with its partner in the head. */
  public static final class Pair {
    private final ShapeKey before;
    private final ShapeKey after;

    private Pair(ShapeKey before, ShapeKey after) {
      this.before = before;
      this.after = after;
    }

    /** The identity of two shapes together. */
    public static Pair of(Shape before, Shape after) {
      return new Pair(ShapeKey.of(before), ShapeKey.of(after));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Pair that && before.equals(that.before) && after.equals(that.after);
    }

    @Override
    public int hashCode() {
      return before.hash * 31 + after.hash;
    }
  }
}
