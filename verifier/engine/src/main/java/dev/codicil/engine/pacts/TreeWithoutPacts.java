package dev.codicil.engine.pacts;

import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import dev.codicil.formats.pact.PactFormat;
import java.util.List;
import java.util.Locale;

/** A source whose pacts stand elsewhere: other files, and what cannot be read, are as they are. */
public final class TreeWithoutPacts implements Source {
  private static final PactFormat PACTS = new PactFormat();

  private final Source tree;
  private final List<String> files;

  /**
   * @param tree the whole set
   * @param folder below which contracts are
   */
  public TreeWithoutPacts(Source tree, String folder) {
    this.tree = tree;
    this.files =
        tree.files().stream()
            .filter(file -> !file.startsWith(folder + "/") || !isPact(tree, file))
            .toList();
  }

  private static boolean isPact(Source tree, String file) {
    if (!file.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return false;
    }
    try {
      return PACTS.recognizes(DocumentReader.read(file, tree.read(file)));
    } catch (InputException unreadable) {
      return false; // it is told when it is loaded
    }
  }

  @Override
  public String name() {
    return tree.name();
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public byte[] read(String path) {
    return tree.read(path);
  }
}
