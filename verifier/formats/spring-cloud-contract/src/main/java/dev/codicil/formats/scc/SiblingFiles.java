package dev.codicil.formats.scc;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import dev.codicil.formats.pact.Spot;
import java.util.ArrayDeque;
import java.util.Deque;

/** The files beside a contract that its bodies may be kept in. */
final class SiblingFiles {
  private final Source source;
  private final String folder;
  private final Parties parties;

  SiblingFiles(Source source, String contract, Parties parties) {
    this.source = source;
    this.folder = contract.substring(0, contract.lastIndexOf('/') + 1);
    this.parties = parties;
  }

  /**
   * The path of a file inside the source.
   *
   * @param reference where a path relative to the contract's folder stands
   * @throws InputException when it leads out of the contracts between these two parties, or nowhere
   */
  String path(Spot reference) {
    String written = reference.visibleText();
    if (written.startsWith("/")
        || written.indexOf('\\') >= 0
        || written.indexOf(':') >= 0
        || written.chars().anyMatch(Character::isISOControl)) {
      throw reference.fail(
          "'" + Keys.brief(written) + "' is no relative path with forward slashes");
    }
    Deque<String> steps = new ArrayDeque<>();
    for (String step : (folder + written).split("/")) {
      if (step.equals("..")) {
        if (steps.pollLast() == null) {
          throw outside(reference, written);
        }
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    String path = String.join("/", steps);
    if (!path.startsWith(parties.folder())) {
      throw outside(reference, written);
    }
    return path;
  }

  /**
   * The bytes of a file.
   *
   * @throws InputException at the reference, when the file cannot be read
   */
  byte[] read(Spot reference) {
    String path = path(reference);
    try {
      return source.read(path);
    } catch (InputException unreadable) {
      throw reference.fail("the file '" + path + "' cannot be read: " + unreadable.what());
    }
  }

  private InputException outside(Spot reference, String written) {
    return reference.fail(
        "'"
            + Keys.brief(written)
            + "' leads out of the contracts between "
            + parties.consumer()
            + " and "
            + parties.provider());
  }
}
