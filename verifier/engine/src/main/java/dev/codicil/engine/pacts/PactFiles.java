package dev.codicil.engine.pacts;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Source;
import dev.codicil.pactbroker.BrokerPact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pacts a side has of a broker.
 *
 * @param files in the order of their paths
 * @param lacking what was asked for and is not there, a sentence by what would have been its path
 * @param instead whether they stand in place of the pacts of the tree
 */
public record PactFiles(List<PactFile> files, Map<String, String> lacking, boolean instead) {
  /** None, as without a broker. */
  public static final PactFiles NONE = new PactFiles(List.of(), Map.of(), false);

  public PactFiles {
    files = List.copyOf(files);
    lacking = new TreeMap<>(lacking);
  }

  static PactFiles of(List<BrokerPact> pacts, Map<String, String> lacking, boolean instead) {
    Map<String, PactFile> files = new TreeMap<>();
    for (BrokerPact pact : pacts) {
      PactFile file = PactFile.of(pact, 1);
      for (int number = 2; files.containsKey(file.path()); number++) {
        file = PactFile.of(pact, number);
      }
      files.put(file.path(), file);
    }
    return new PactFiles(List.copyOf(files.values()), lacking, instead);
  }

  /** Those that count. */
  public Source counting() {
    return new Files(files.stream().filter(file -> !file.pact().pending()).toList());
  }

  /** Those that decide nothing. */
  public Source pending() {
    return new Files(files.stream().filter(file -> file.pact().pending()).toList());
  }

  /** All of their content and standing, for fingerprints. */
  public List<String> contents() {
    List<String> contents = new ArrayList<>();
    for (PactFile file : files) {
      contents.add(file.path());
      contents.add(file.pendingReason());
      contents.add(file.text());
    }
    return contents;
  }

  /** Why nothing is decided by a file of this path; empty when it is, or is none of these. */
  public String pendingReason(String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .map(PactFile::pendingReason)
        .orElse("");
  }

  /** These, standing as they do, with the others beside them. */
  public PactFiles and(PactFiles others) {
    Map<String, String> all = new TreeMap<>(lacking);
    all.putAll(others.lacking);
    return new PactFiles(with(others), all, instead);
  }

  /** Both together; a file of the same path counts once. */
  public List<PactFile> with(PactFiles others) {
    Set<String> seen = new HashSet<>();
    List<PactFile> all = new ArrayList<>();
    for (PactFiles one : List.of(this, others)) {
      one.files.stream().filter(file -> seen.add(file.path())).forEach(all::add);
    }
    return all;
  }

  private static final class Files implements Source {
    private final List<String> paths;
    private final Map<String, PactFile> byPath = new HashMap<>();

    Files(List<PactFile> files) {
      paths = files.stream().map(PactFile::path).toList();
      files.forEach(file -> byPath.put(file.path(), file));
    }

    @Override
    public String name() {
      return "the Pact Broker";
    }

    @Override
    public List<String> files() {
      return paths;
    }

    @Override
    public byte[] read(String path) {
      PactFile file = byPath.get(path);
      if (file == null) {
        throw new InputException(Location.of(path), "no such pact at the broker", "");
      }
      return file.bytes();
    }
  }
}
