package dev.codicil.engine.init;

import dev.codicil.contract.Contract;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.engine.config.Project;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks around in a repository and proposes how Codicil verifies it. Runs nothing of it. */
public final class Init {
  private static final String WORKFLOW = ".github/workflows/codicil.yml";

  private Init() {}

  /**
   * What to write for a repository.
   *
   * @param root its folder
   */
  public static Proposal propose(Path root) {
    RepositoryFiles files = new RepositoryFiles(root);
    FoundContracts contracts = FoundContracts.in(files);
    ComposeFile compose = ComposeFile.in(files);
    List<FoundService> services = services(files, contracts, compose);
    Set<String> folders =
        services.stream().map(FoundService::folder).collect(Collectors.toUnmodifiableSet());
    List<ComposeFile.Entry> unknown = compose.unknown(folders);
    ProjectText text = new ProjectText(contracts, services);
    String yaml = text.render(unknown) + text.policy();
    boolean consumers =
        contracts.contracts().stream().anyMatch(contract -> contract.consumer() != null);
    return new Proposal(
        yaml,
        contracts.folder(),
        consumers,
        found(contracts, services),
        todo(contracts, services, unknown));
  }

  /**
   * Writes the file whole or not at all.
   *
   * @param over whether one that is there may be replaced
   * @throws InputException when there is one already, or it cannot be written
   */
  public static void write(Path root, Proposal proposal, boolean over) {
    Path file = root.resolve(Project.FILE);
    if (!over && Files.exists(file)) {
      throw new InputException(
          Location.of(Project.FILE),
          "is there already",
          "see what would be written with --print, or replace it with --force");
    }
    try {
      Path beside = Files.createTempFile(root, ".codicil-", ".yaml");
      try {
        Files.writeString(beside, proposal.yaml(), StandardCharsets.UTF_8);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new InputException(
          Location.of(Project.FILE), "cannot be written: " + e, "check the folder's permissions");
    }
  }

  /**
   * Writes a workflow for pull requests where the repository is on GitHub and has none of this
   * name.
   *
   * @return what was written, relative; empty when nothing was
   * @throws InputException when it cannot be written
   */
  public static Optional<String> writeWorkflow(Path root) {
    Path file = root.resolve(WORKFLOW);
    if (Files.exists(file) || !onGithub(root)) {
      return Optional.empty();
    }
    try (InputStream text = Init.class.getResourceAsStream("codicil.yml")) {
      if (text == null) {
        throw new IllegalStateException("codicil.yml is missing beside this class");
      }
      Files.createDirectories(root.resolve(".github").resolve("workflows"));
      Files.copy(text, file);
      return Optional.of(WORKFLOW);
    } catch (IOException e) {
      throw new InputException(
          Location.of(WORKFLOW), "cannot be written: " + e, "check the folder's permissions");
    }
  }

  private static boolean onGithub(Path root) {
    if (Files.isDirectory(root.resolve(".github"))) {
      return true;
    }
    try {
      Path config = root.resolve(".git").resolve("config");
      return Files.isRegularFile(config) && Files.readString(config).contains("github.com");
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static List<FoundService> services(
      RepositoryFiles files, FoundContracts contracts, ComposeFile compose) {
    List<FoundService> found = new ArrayList<>(new SpringServices(files).find());
    found.addAll(new NodeServices(files).find());
    Map<String, FoundService> named = new LinkedHashMap<>();
    for (FoundService service : found) {
      List<ComposeFile.Entry> built = compose.builtFrom(service.folder());
      String name = name(service, built, contracts);
      for (int again = 2; named.containsKey(name); again++) {
        name = name(service, built, contracts) + "-" + again;
      }
      named.put(name, withCalls(service.named(name), built, compose));
    }
    return List.copyOf(named.values());
  }

  /** What contracts call it, else what it calls itself; in the letters that a subject may have. */
  private static String name(
      FoundService service, List<ComposeFile.Entry> built, FoundContracts contracts) {
    List<String> calledItself = new ArrayList<>(List.of(service.name()));
    built.forEach(entry -> calledItself.add(entry.name()));
    calledItself.add(RepositoryFiles.last(service.folder()));
    for (String own : calledItself) {
      for (String participant : contracts.participants()) {
        if (!own.isEmpty() && Callees.plain(own).equals(Callees.plain(participant))) {
          return valid(participant);
        }
      }
    }
    return valid(service.name());
  }

  private static String valid(String name) {
    String letters = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
    return letters.isEmpty() ? "service" : letters;
  }

  private static FoundService withCalls(
      FoundService service, List<ComposeFile.Entry> built, ComposeFile compose) {
    Map<String, String> calls = new TreeMap<>(service.calls());
    built.forEach(entry -> calls.putAll(compose.calls(entry)));
    return service.calling(calls);
  }

  private static List<String> found(FoundContracts contracts, List<FoundService> services) {
    List<String> lines = new ArrayList<>();
    if (contracts.folder().isEmpty()) {
      lines.add("contracts  none");
    } else {
      lines.add(
          "contracts  "
              + contracts.folder()
              + ": "
              + counted(contracts.contracts().size(), "file")
              + ", "
              + counted(contracts.interactions(), "interaction"));
      for (Contract contract : contracts.contracts()) {
        String who =
            contract.consumer() == null
                ? contract.provider()
                : contract.consumer() + " -> " + contract.provider();
        lines.add("           " + who + " (" + contract.format() + ")");
      }
    }
    if (services.isEmpty()) {
      lines.add("services   none");
    }
    for (FoundService service : services) {
      lines.add(
          "service    "
              + service.name()
              + " ("
              + service.kind()
              + (service.folder().isEmpty() ? ")" : ", " + service.folder() + ")"));
    }
    return lines;
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static List<String> todo(
      FoundContracts contracts, List<FoundService> services, List<ComposeFile.Entry> unknown) {
    List<String> lines = new ArrayList<>();
    if (contracts.folder().isEmpty()) {
      lines.add("put the contracts that your services keep into contracts/");
    }
    contracts.unread().forEach(problem -> lines.add("not read: " + problem));
    contracts.elsewhere().forEach(file -> lines.add(file + " lies outside: move or copy it"));
    if (contracts.contracts().stream().noneMatch(contract -> contract.consumer() != null)) {
      lines.add(
          "no contract of a consumer (a pact) was found: what consumers rely on is then taken from"
              + " the documents");
    }
    for (FoundService service : services) {
      service.doubts().forEach(doubt -> lines.add(service.name() + ": " + doubt));
      if (!contracts.states(service.name()).isEmpty()) {
        lines.add(
            service.name()
                + ": contracts name provider states; give it an address that sets them up ('state')");
      }
      if (!service.databases().isEmpty()) {
        lines.add(
            service.name()
                + ": it has a database; give each side its own ("
                + String.join(", ", service.databases().keySet())
                + ")");
      }
      boolean drivenByProbes = !service.pages().isEmpty() && !service.calls().isEmpty();
      if (!contracts.participants().contains(service.name()) && !drivenByProbes) {
        lines.add(service.name() + ": no contract names it; is it called otherwise there?");
      }
    }
    unknown.forEach(
        entry -> lines.add(entry.name() + ": is in the Compose file; say how it starts"));
    return lines;
  }
}
