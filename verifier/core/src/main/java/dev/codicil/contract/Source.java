package dev.codicil.contract;

import java.util.List;

/**
 * A set of files to read contracts from: a folder, one file, or a git revision. Bounded, and never
 * outside its root.
 */
public interface Source {

  /** What the user calls it: a path or a revision. */
  String name();

  /** Paths of all regular files, relative, with forward slashes, sorted. */
  List<String> files();

  /**
   * The bytes of one file.
   *
   * @throws InputException when there is no such file, it lies outside the root or is larger than
   *     this source allows
   */
  byte[] read(String path);
}
