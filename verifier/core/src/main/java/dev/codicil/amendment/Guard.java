package dev.codicil.amendment;

/** What those who may be hurt by a change are expected to bear. */
public enum Guard {
  /** Nothing: they rely on what changed. */
  NONE,
  /** It: most do, some may not. */
  TOLERATED,
  /** It, without noticing: a standard that all of them follow says so, or nobody checks it. */
  UNNOTICED
}
