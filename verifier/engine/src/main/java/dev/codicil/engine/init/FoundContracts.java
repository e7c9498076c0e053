package dev.codicil.engine.init;

import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.ProviderState;
import dev.codicil.engine.Formats;
import dev.codicil.engine.source.ContractLoader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The contracts of a repository.
 *
 * @param folder the one folder that {@code contracts:} can name; empty when there is no contract
 * @param contracts those in the folder
 * @param unread files of the folder that could not be read, with the reason
 * @param elsewhere contracts outside the folder
 */
record FoundContracts(
    String folder, List<Contract> contracts, List<String> unread, List<String> elsewhere) {
  /** What a contract has among its first words; the readers decide afterwards. */
  private static final Pattern CLUE =
      Pattern.compile("openapi|asyncapi|swagger|\"interactions\"|\"messages\"|\\brequest\\s*:");

  /** Folders whose contracts nobody keeps to. */
  private static final List<String> TESTS =
      List.of("/test/", "/tests/", "/src/it/", "/amendments/", "/testdata/", "/fixtures/");

  private static final int MOST_LOOKED_AT = 5_000;

  FoundContracts {
    contracts = List.copyOf(contracts);
    unread = List.copyOf(unread);
    elsewhere = List.copyOf(elsewhere);
  }

  /** Looks for contracts; amendments are proposals, and those of tests nobody keeps to. */
  static FoundContracts in(RepositoryFiles files) {
    ContractLoader loader = new ContractLoader(Formats.all());
    Map<String, ContractLoader.Loaded> found = new TreeMap<>();
    for (String file :
        files.below("", FoundContracts::mayBe).stream().limit(MOST_LOOKED_AT).toList()) {
      if (files.document(file).filter(text -> CLUE.matcher(text).find()).isEmpty()) {
        continue;
      }
      ContractLoader.Loaded loaded = loader.load("head", files, file);
      if (loaded.contracts().stream().anyMatch(one -> !one.interactions().isEmpty())) {
        found.put(file, loaded);
      }
    }
    if (found.isEmpty()) {
      return new FoundContracts("", List.of(), List.of(), List.of());
    }
    String folder = folderOf(found);
    String prefix = folder.isEmpty() ? "" : folder + "/";
    List<Contract> contracts = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    List<String> elsewhere = new ArrayList<>();
    found.forEach(
        (file, loaded) -> {
          if (file.startsWith(prefix)) {
            contracts.addAll(loaded.contracts());
            loaded.entries().forEach(entry -> unread.addAll(entry.problems()));
          } else {
            elsewhere.add(file);
          }
        });
    return new FoundContracts(folder, contracts, unread, elsewhere);
  }

  private static boolean mayBe(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    boolean document = name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
    return document
        && TESTS.stream().noneMatch(("/" + name)::contains)
        && !name.endsWith("package-lock.json");
  }

  /**
   * A folder {@code contracts} when it has some; else the deepest folder that has the most of them
   * and is not the root.
   */
  private static String folderOf(Map<String, ContractLoader.Loaded> found) {
    Map<String, Integer> folders = new TreeMap<>();
    for (String file : found.keySet()) {
      for (String folder = RepositoryFiles.folder(file);
          !folder.isEmpty();
          folder = RepositoryFiles.folder(folder)) {
        folders.merge(folder, 1, Integer::sum);
      }
    }
    if (folders.containsKey("contracts")) {
      return "contracts";
    }
    return folders.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(entry -> entry.getKey().chars().filter(c -> c == '/').count())
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** Everybody that a contract names, in order. */
  List<String> participants() {
    TreeSet<String> names = new TreeSet<>();
    for (Contract contract : contracts) {
      names.add(contract.provider());
      if (contract.consumer() != null) {
        names.add(contract.consumer());
      }
    }
    return List.copyOf(names);
  }

  /** Whether a contract says what this service provides. */
  boolean provides(String name) {
    return contracts.stream().anyMatch(contract -> contract.provider().equals(name));
  }

  /** The document that can play a provider; a consumer's pact when there is no document. */
  Optional<String> stub(String provider) {
    return contracts.stream()
        .filter(contract -> contract.provider().equals(provider))
        .filter(contract -> !contract.http().isEmpty())
        .min(Comparator.comparing(contract -> contract.consumer() != null))
        .map(contract -> contract.location().file());
  }

  /** Names of provider states that contracts ask of a provider, in order. */
  List<String> states(String provider) {
    TreeSet<String> names = new TreeSet<>();
    for (Contract contract : contracts) {
      if (contract.provider().equals(provider)) {
        for (HttpInteraction interaction : contract.http()) {
          interaction.states().stream().map(ProviderState::name).forEach(names::add);
        }
      }
    }
    return List.copyOf(names);
  }

  /** How many interactions there are. */
  int interactions() {
    return contracts.stream().mapToInt(contract -> contract.interactions().size()).sum();
  }
}
