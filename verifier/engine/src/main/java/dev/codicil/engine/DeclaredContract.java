package dev.codicil.engine;

import dev.codicil.contract.Contract;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import java.util.List;

/** A contract that stands in no file: a test declares it. */
record DeclaredContract(String name, byte[] document) implements Source {

  /**
   * The model.
   *
   * @throws InputException when it cannot be read, or not whole
   */
  Contract read() {
    SourceDocument tree = DocumentReader.read(name, document);
    ContractFormat format =
        Formats.all().stream()
            .filter(one -> one.recognizes(tree))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        Location.of(name), "is no contract of a known format", "declare a pact"));
    ContractFormat.Reading reading = format.read(tree, this);
    if (!reading.problems().isEmpty()) {
      ContractFormat.Problem problem = reading.problems().get(0);
      throw new InputException(
          problem.location(), problem.message(), "test this interaction without the storm");
    }
    return reading.contract();
  }

  @Override
  public List<String> files() {
    return List.of(name);
  }

  @Override
  public byte[] read(String path) {
    if (!path.equals(name)) {
      throw new InputException(
          Location.of(path), "there is no such file beside " + name, "declare all in one contract");
    }
    return document.clone();
  }
}
