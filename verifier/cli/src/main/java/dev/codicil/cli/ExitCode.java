package dev.codicil.cli;

import dev.codicil.verdict.Verdict;

/** Exit codes of the command line; the larger ones are those of {@code sysexits.h}. */
public final class ExitCode {
  /** Pass, or nothing to do. */
  public static final int PASS = 0;

  /** The verdict is fail, or an expectation was not met. */
  public static final int FAIL = 1;

  /** Nothing can be said. */
  public static final int INCONCLUSIVE = 2;

  /** Wrong usage of the command line. */
  public static final int USAGE = 64;

  /** An input the user named is unreadable. */
  public static final int DATA = 65;

  /** Nothing could be started. */
  public static final int UNAVAILABLE = 69;

  /** A bug of ours. */
  public static final int SOFTWARE = 70;

  private ExitCode() {}

  static int of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> PASS;
      case FAIL -> FAIL;
      case INCONCLUSIVE -> INCONCLUSIVE;
    };
  }
}
