package dev.codicil.formats.scc.code;

import org.jspecify.annotations.Nullable;

/** A contract that was compiled, and can be run any number of times. */
interface Program {

  /** What it gives; null when it gives nothing. */
  @Nullable Object run() throws Throwable;
}
