package dev.codicil.engine.init;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Services for Node.js: packages with a {@code start} script. */
final class NodeServices {
  private static final Pattern GET =
      Pattern.compile("\\.get\\(\\s{0,20}['\"`](/[^'\"`:*?${}]{0,120})['\"`]");
  private static final Pattern HEALTH = Pattern.compile(".*/(?:health|healthz|ready|ping)");
  private static final String PORT = "process.env.PORT";
  private static final Pattern NODE = Pattern.compile("node ([\\w./\\-]+)");

  private final RepositoryFiles files;

  NodeServices(RepositoryFiles files) {
    this.files = files;
  }

  List<FoundService> find() {
    List<FoundService> services = new ArrayList<>();
    for (String file : files.files()) {
      if (!RepositoryFiles.last(file).equals("package.json")) {
        continue;
      }
      JsonNode root = Trees.of(file, files.text(file).orElse(""));
      String start = root.at("/scripts/start").asText();
      if (!start.isEmpty() && serves(root)) {
        services.add(service(RepositoryFiles.folder(file), root, start));
      }
    }
    return services;
  }

  /** A page that a bundler serves while somebody works on it is no service. */
  private static boolean serves(JsonNode root) {
    for (String name : List.of("react-scripts", "vite", "@angular/cli", "react-native", "expo")) {
      if (root.path("dependencies").has(name) || root.path("devDependencies").has(name)) {
        return false;
      }
    }
    return true;
  }

  private FoundService service(String folder, JsonNode root, String start) {
    List<String> doubts = new ArrayList<>();
    TreeSet<String> pages = new TreeSet<>();
    for (String file : files.below(folder, CalledAddresses::isScript)) {
      GET.matcher(files.text(file).orElse(""))
          .results()
          .forEach(match -> pages.add(match.group(1)));
    }
    String ready = pages.stream().filter(p -> HEALTH.matcher(p).matches()).findFirst().orElse("/");
    pages.remove(ready);
    String prefix = folder.isEmpty() ? "" : " --prefix " + ShellWord.quoted(folder);
    var script = NODE.matcher(start);
    List<String> command =
        folder.isEmpty()
            ? List.of("npm", "start", "--silent")
            : List.of("npm", "--prefix", folder, "start", "--silent");
    String code = "";
    if (script.matches()) {
      String file = RepositoryFiles.in(folder, script.group(1));
      command = List.of("node", file);
      code = files.text(file).orElse("");
    }
    boolean argument = code.contains("process.argv[2]") && !code.contains(PORT);
    if (argument) {
      command = Stream.concat(command.stream(), Stream.of("{port}")).toList();
    } else if (files.below(folder, CalledAddresses::isScript).stream()
        .noneMatch(file -> files.text(file).orElse("").contains(PORT))) {
      doubts.add("whether it takes its port from PORT: check 'env' and 'command'");
    }
    boolean locked = files.has(RepositoryFiles.in(folder, "package-lock.json"));
    boolean compiles = root.path("scripts").has("build");
    String build =
        "npm"
            + prefix
            + (locked ? " ci" : " install")
            + " --no-audit --no-fund --silent"
            + (compiles ? " && npm" + prefix + " run build --silent" : "");
    var dependencies = root.path("dependencies").fieldNames();
    String first = dependencies.hasNext() ? dependencies.next() : "";
    String name = root.path("name").asText();
    int scope = name.lastIndexOf('/');
    String fallback = folder.isEmpty() ? "app" : RepositoryFiles.last(folder);
    return new FoundService(
        name.isEmpty() ? fallback : name.substring(scope + 1),
        "Node.js, npm",
        folder,
        first.isEmpty() ? null : build,
        first.isEmpty()
            ? null
            : RepositoryFiles.in(folder, "node_modules/" + first + "/package.json"),
        command,
        argument ? Map.of() : Map.of("PORT", "{port}"),
        ready,
        CalledAddresses.ofScripts(files, folder).http(),
        Map.of(),
        List.copyOf(pages),
        doubts);
  }
}
