package dev.codicil.engine.init;

import dev.codicil.contract.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes a {@code codicil.yaml} that people can read and go on with. */
final class ProjectText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][\\w./ \\-]*[\\w/]|[A-Za-z]");
  private static final Pattern BLOCK = Pattern.compile("[A-Za-z/][^\\p{Cntrl}\\p{Cf}\"'`#]*+");
  private static final Pattern COMMAND_WORD = Pattern.compile("[\\w./:@%+=,{}\\-]+");
  private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n|~");
  private static final int MOST_PAGES = 3;

  private final StringBuilder text = new StringBuilder();
  private final FoundContracts contracts;
  private final List<FoundService> services;
  private final List<String> names;

  ProjectText(FoundContracts contracts, List<FoundService> services) {
    this.contracts = contracts;
    this.services = services;
    this.names = new ArrayList<>(contracts.participants());
    services.stream().map(FoundService::name).filter(n -> !names.contains(n)).forEach(names::add);
  }

  /** The whole file. */
  String render(List<ComposeFile.Entry> unknown) {
    line("# How Codicil verifies amendments of this repository's service contracts.");
    line("# Every key: docs/configuration.md of Codicil. Run: codicil verify");
    line("version: 1");
    if (contracts.folder().isEmpty()) {
      line("contracts: contracts/      # nothing found yet: put pacts and OpenAPI documents here");
    } else {
      line("contracts: " + scalar(contracts.folder()));
    }
    contracts.elsewhere().forEach(file -> line("#   not looked at, since outside: " + plain(file)));
    line(
        "# base: origin/main          # before; without it the merge base with the default branch");
    if (services.isEmpty()) {
      line(
          "# subjects:                  # services to start; until then documents alone are compared");
      line("#   orders:                  # the provider's name in the contracts");
      line("#     build: mvn -q -B package -DskipTests");
      line("#     artifact: target/orders.jar");
      line("#     command: java -jar {artifact} --server.port={port}");
      line("#     ready: GET /actuator/health");
    } else {
      line("subjects:");
      for (FoundService service : services) {
        subject(service);
      }
    }
    for (ComposeFile.Entry entry : unknown) {
      line(
          "  # "
              + plain(entry.name())
              + ":  # in the Compose file, built from "
              + plain(entry.folder())
              + "; say how it starts as a process:");
      line("  #   command: ./" + plain(entry.folder()) + "/start --port {port}");
    }
    line("profiles: [field-loss, slow-partner, dirty-wire, disorder, outage]   # codicil profiles");
    return text.toString();
  }

  /** Appends what gates: nothing yet, and how to turn it on. */
  String policy() {
    return """
        # Advisory for now: the verdict is told, and nothing fails a build. To turn the gate on, take out 'advisory'.
        policy:
          advisory: true
          fail-on: [broken, resilience-lost]
          require-evidence: %s
        """
        .formatted(evidence());
  }

  /** The strongest evidence that a run of this file can have. */
  private String evidence() {
    if (services.isEmpty()) {
      return "documents";
    }
    boolean provider = services.stream().anyMatch(one -> contracts.provides(one.name()));
    return provider ? "replayed" : "stub";
  }

  private void subject(FoundService service) {
    line(
        "  "
            + scalar(service.name())
            + ":  # "
            + service.kind()
            + (service.folder().isEmpty() ? "" : ", " + plain(service.folder())));
    if (service.build() != null) {
      line("    build: " + block(service.build()));
    }
    if (service.artifact() != null) {
      line("    artifact: " + block(service.artifact()));
    }
    line("    command: " + command(service.command()));
    List<Callees.Callee> callees = Callees.of(service, names);
    env(service, callees);
    line("    ready: " + block("GET " + service.ready()));
    states(service);
    upstreams(service, callees);
    line("    # timeBudget: 2s         # how long its callers wait; later is HUNG");
    if (!contracts.provides(service.name())) {
      probes(service);
    }
  }

  private void env(FoundService service, List<Callees.Callee> callees) {
    List<Callees.Callee> led = callees.stream().filter(this::leads).toList();
    if (service.env().isEmpty() && callees.isEmpty() && service.databases().isEmpty()) {
      return;
    }
    boolean written = !service.env().isEmpty() || !led.isEmpty();
    line(written ? "    env:" : "    # env:");
    service.env().forEach((key, value) -> line("      " + key + ": " + scalar(value)));
    for (Callees.Callee callee : callees) {
      line(
          (leads(callee) ? "      " : "    #   ")
              + callee.variable()
              + ": "
              + scalar("{upstream." + callee.name() + "}"));
    }
    service
        .databases()
        .forEach(
            (key, address) ->
                line(
                    "    #   "
                        + key
                        + ": ...   # its own database a side: put {side} in the name"));
  }

  /** Whether the call can be led through an edge: to a subject, or to a stub of a contract. */
  private boolean leads(Callees.Callee callee) {
    return isService(callee.name()) || contracts.stub(callee.name()).isPresent();
  }

  private boolean isService(String name) {
    return services.stream().anyMatch(service -> service.name().equals(name));
  }

  private void states(FoundService service) {
    List<String> states = contracts.states(service.name());
    if (!states.isEmpty()) {
      line(
          "    # state: POST /_states   # sets up provider states; contracts name "
              + states.size()
              + ", such as '"
              + plain(states.get(0))
              + "'");
    }
  }

  private void upstreams(FoundService service, List<Callees.Callee> callees) {
    if (callees.isEmpty()) {
      return;
    }
    boolean any = callees.stream().anyMatch(this::leads);
    line(any ? "    upstreams:" : "    # upstreams:");
    for (Callees.Callee callee : callees) {
      Optional<String> stub = contracts.stub(callee.name());
      if (isService(callee.name())) {
        line("      " + scalar(callee.name()) + ": {}");
      } else if (stub.isPresent()) {
        line("      " + scalar(callee.name()) + ": { stub: " + scalar(stub.get()) + " }");
      } else {
        line(
            "    #   "
                + plain(callee.name())
                + ": { stub: contracts/"
                + plain(callee.name())
                + ".yaml }   # calls that, and no contract of it was found");
      }
    }
  }

  private void probes(FoundService service) {
    if (service.pages().isEmpty()) {
      line(
          "    # probes:                # requests to it: what it answers before, in calm, is what it is held to");
      line("    #   buys: { request: POST /orders, body: { sku: A1 } }");
      return;
    }
    line("    probes:                  # what it answers before, in calm, is what it is held to");
    service.pages().stream()
        .limit(MOST_PAGES)
        .forEach(
            page -> line("      " + probe(page) + ": { request: " + scalar("GET " + page) + " }"));
  }

  private static String probe(String page) {
    String name = page.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
    return "get" + (name.isEmpty() ? "" : "-" + name);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** A name from the repository inside a comment: on one line, and no longer than it need be. */
  private static String plain(String name) {
    String shown = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    return shown.length() > 120 ? shown.substring(0, 117) + "..." : shown;
  }

  /** One line as people write it; a list where a word would not stay one. */
  private static String command(List<String> words) {
    return words.stream().allMatch(word -> COMMAND_WORD.matcher(word).matches())
        ? block(String.join(" ", words))
        : Json.mapper().valueToTree(words).toString();
  }

  /** A text as a YAML scalar that fills the rest of its line. */
  private static String block(String value) {
    boolean plain =
        BLOCK.matcher(value).matches()
            && !value.contains(": ")
            && !value.endsWith(":")
            && !value.endsWith(" ")
            && !WORD.matcher(value).matches();
    return plain ? value : scalar(value);
  }

  /** A text as a YAML scalar, in quotes where YAML would read something else in it. */
  static String scalar(String value) {
    return PLAIN.matcher(value).matches() && !WORD.matcher(value).matches()
        ? value
        : Json.mapper().valueToTree(value).toString();
  }
}
