package dev.codicil.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.chaos.CommandWords;
import dev.codicil.chaos.Durations;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import dev.codicil.contract.SourceDocument;
import dev.codicil.experiment.Broker;
import dev.codicil.experiment.EffectCheck;
import dev.codicil.experiment.MessageSequence;
import dev.codicil.experiment.Messaging;
import dev.codicil.experiment.Peer;
import dev.codicil.experiment.Probe;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Upstream;
import dev.codicil.verdict.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code codicil.yaml}. */
public final class ProjectReader {
  private static final String SCHEMA = "/dev/codicil/engine/codicil.schema.json";
  private static final String TRUST = "{tls.";
  private static final List<String> DEFAULT_PROFILES =
      List.of("field-loss", "slow-partner", "dirty-wire", "disorder", "outage");

  private final SourceDocument document;

  private ProjectReader(SourceDocument document) {
    this.document = document;
  }

  /**
   * Reads the project file of a folder; a folder without one is a project with defaults and no
   * subjects.
   *
   * @throws InputException with the line, when it cannot be used
   */
  public static Project read(Path root) {
    return read(root, root);
  }

  /**
   * The same, with the project file of another folder, such as that of the base revision.
   *
   * @param root folder that all paths are relative to
   * @param declared folder that has the file
   * @throws InputException with the line, when it cannot be used
   */
  public static Project read(Path root, Path declared) {
    Path file = declared.resolve(Project.FILE);
    if (!Files.isRegularFile(file)) {
      return new Project(
          root,
          "contracts",
          null,
          Map.of(),
          Map.of(),
          DEFAULT_PROFILES,
          "provider-first",
          1,
          Policy.DEFAULT);
    }
    try {
      return read(root, declared, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(
          Location.of(Project.FILE), "cannot be read: " + e.getMessage(), "check its permissions");
    }
  }

  /**
   * Files of traffic that a project file names, which weigh as it does.
   *
   * @throws InputException when the project file cannot be read, or a name leads out of the project
   */
  public static Set<String> trafficOf(byte[] bytes) {
    SourceDocument document = ConfigDocument.read(Project.FILE, bytes, SCHEMA);
    Set<String> files = new TreeSet<>();
    for (Map.Entry<String, JsonNode> flow : document.at("/impact/flows").properties()) {
      if (flow.getValue().has("traffic")) {
        String pointer = SourceDocument.child("/impact/flows", flow.getKey()) + "/traffic";
        files.add(
            ConfigDocument.inside(document, pointer, "", flow.getValue().path("traffic").asText()));
      }
    }
    return files;
  }

  /**
   * The images that a project file declares.
   *
   * @throws InputException when it cannot be read
   */
  public static Map<String, ContainerImage> imagesOf(byte[] bytes) {
    return new ImageReader(ConfigDocument.read(Project.FILE, bytes, SCHEMA)).images();
  }

  static Project read(Path root, byte[] bytes) {
    return read(root, root, bytes);
  }

  private static Project read(Path root, Path declared, byte[] bytes) {
    SourceDocument document = ConfigDocument.read(Project.FILE, bytes, SCHEMA);
    return new ProjectReader(document).project(root, declared);
  }

  private Project project(Path root, Path declared) {
    JsonNode node = document.root();
    MessagingReader messaging = new MessagingReader(document);
    Map<String, Broker> brokers = messaging.brokers();
    Map<String, Subject> subjects = new LinkedHashMap<>();
    Map<String, List<String>> sources = new LinkedHashMap<>();
    Map<String, GitSource> git = new LinkedHashMap<>();
    ImageReader images = new ImageReader(document);
    for (Map.Entry<String, JsonNode> entry : node.path("subjects").properties()) {
      String pointer = SourceDocument.child("/subjects", entry.getKey());
      Messaging own = messaging.of(entry.getValue(), pointer, brokers);
      Subject subject = subject(entry.getKey(), entry.getValue(), pointer, own);
      messaging.checkPlaceholders(subject, pointer);
      images.check(entry.getValue(), pointer, subject, brokers);
      subjects.put(entry.getKey(), subject);
      sources.put(entry.getKey(), sources(entry.getValue().path("sources"), pointer + "/sources"));
      if (entry.getValue().has("git")) {
        git.put(entry.getKey(), git(entry.getValue().path("git").asText(), pointer + "/git"));
      }
    }
    checkUpstreams(subjects);
    List<String> profiles = node.has("profiles") ? texts(node.path("profiles")) : DEFAULT_PROFILES;
    BrokerReader broker = new BrokerReader(document);
    JsonNode base = node.path("base");
    return new Project(
        root,
        broker.folder(),
        base.isTextual() ? base.asText() : null,
        subjects,
        sources,
        git,
        profiles,
        node.path("rollout").asText("provider-first"),
        node.path("concurrency").asInt(1),
        new PolicyReader(document).policy(),
        brokers,
        new ChecksReader(document, subjects).checks(),
        new ImpactReader(document, declared).impact(),
        broker.declaration(),
        images.images());
  }

  private GitSource git(String text, String pointer) {
    try {
      return GitSource.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new InputException(
          document.locate(pointer),
          String.valueOf(wrong.getMessage()),
          "write URL#REVISION, such as https://github.com/shop/checkout.git#v1.4.0");
    }
  }

  private void checkUpstreams(Map<String, Subject> subjects) {
    for (Subject subject : subjects.values()) {
      checkTrust(subject);
      for (Upstream upstream : subject.upstreams().values()) {
        if (upstream.isSubject() && !subjects.containsKey(upstream.name())) {
          throw new InputException(
              document.locate("/subjects/" + subject.name() + "/upstreams/" + upstream.name()),
              "the upstream '" + upstream.name() + "' is no subject and has no stub",
              "declare the subject, or give it 'stub: CONTRACT-FILE' or 'tcp: HOST:PORT'; subjects"
                  + " are "
                  + new TreeSet<>(subjects.keySet()));
        }
      }
      for (MessageSequence sequence : subject.messaging().sequences()) {
        checkStates(sequence.given().keySet(), sequence.location(), subjects);
      }
      for (Probe probe : subject.probes()) {
        checkStates(probe.given().keySet(), probe.location(), subjects);
      }
      subject
          .given()
          .forEach(
              (operation, states) ->
                  checkStates(
                      states.keySet(),
                      document.locate(
                          SourceDocument.child(
                              "/subjects/" + subject.name() + "/given", operation)),
                      subjects));
    }
  }

  /** Without an edge that speaks TLS there is no certificate to trust. */
  private void checkTrust(Subject subject) {
    if (subject.upstreams().values().stream().anyMatch(Upstream::tls)) {
      return;
    }
    String at = "/subjects/" + subject.name();
    if (subject.command().stream().anyMatch(word -> word.contains(TRUST))) {
      throw noTrust(at + "/command");
    }
    subject
        .env()
        .forEach(
            (key, value) -> {
              if (value.contains(TRUST)) {
                throw noTrust(SourceDocument.child(at + "/env", key));
              }
            });
  }

  private InputException noTrust(String pointer) {
    return new InputException(
        document.locate(pointer),
        "'" + TRUST + "...}' is used, and no upstream of the subject speaks TLS",
        "give the upstream 'tls: true', or take the placeholder out");
  }

  private static void checkStates(
      Set<String> names, Location location, Map<String, Subject> subjects) {
    for (String name : names) {
      if (!subjects.containsKey(name)) {
        throw new InputException(
            location,
            "states of '" + name + "' are to be set up, which is no subject",
            "subjects are " + new TreeSet<>(subjects.keySet()));
      }
    }
  }

  private Subject subject(String name, JsonNode node, String pointer, Messaging messaging) {
    return new Subject(
            name,
            node.path("build").asText(null),
            node.has("artifact")
                ? relative(node.path("artifact").asText(), pointer + "/artifact")
                : null,
            node.has("command") ? command(node.path("command"), pointer + "/command") : List.of(),
            map(node.path("env")),
            call(node.path("ready").asText("GET /")),
            node.has("state") ? call(node.path("state").asText()) : null,
            node.has("reset") ? call(node.path("reset").asText()) : null,
            map(node.path("headers")),
            operationStates(name, node.path("given")),
            effects(node.path("effects")),
            upstreams(node.path("upstreams"), pointer),
            probes(node.path("probes"), pointer + "/probes"),
            duration(node, pointer, "timeBudget", Duration.ofSeconds(2)),
            duration(node, pointer, "recovery", Duration.ofSeconds(10)),
            duration(node, pointer, "startup", Duration.ofSeconds(60)),
            direct(node.path("direct"), pointer + "/direct"),
            node.path("nodes").asInt(1),
            messaging,
            document.locate(pointer))
        .withChaosMonkey(node.at("/chaos-monkey/at").asText(null));
  }

  private List<Peer> direct(JsonNode node, String pointer) {
    List<Peer> peers = new ArrayList<>();
    for (JsonNode one : node) {
      try {
        peers.add(Peer.parse(one.asText()));
      } catch (IllegalArgumentException wrong) {
        throw new InputException(
            document.locate(SourceDocument.child(pointer, peers.size())),
            String.valueOf(wrong.getMessage()),
            "write HOST:PORT, such as 127.0.0.1:5432 or *:5432");
      }
    }
    return peers;
  }

  private Map<String, Upstream> upstreams(JsonNode node, String pointer) {
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String stub = entry.getValue().path("stub").asText(null);
      String at = SourceDocument.child(pointer + "/upstreams", entry.getKey());
      boolean tls = entry.getValue().path("tls").asBoolean();
      Peer tcp = tcp(entry.getValue().path("tcp").asText(null), at + "/tcp");
      if (tcp != null && (stub != null || tls)) {
        throw new InputException(
            document.locate(at + "/tcp"),
            "'tcp' stands beside '" + (tls ? "tls" : "stub") + "', which only HTTP has",
            "leave one of them out: bytes pass a 'tcp' edge as they are");
      }
      upstreams.put(
          entry.getKey(),
          new Upstream(
              entry.getKey(), stub == null ? null : relative(stub, at + "/stub"), tls, tcp));
    }
    return upstreams;
  }

  private @Nullable Peer tcp(@Nullable String text, String pointer) {
    if (text == null) {
      return null;
    }
    String wrong;
    try {
      Peer peer = Peer.parse(text);
      if (!peer.host().equals(Peer.ANY) && peer.port() != 0) {
        return peer;
      }
      wrong = "'" + text + "' is not one address";
    } catch (IllegalArgumentException malformed) {
      wrong = String.valueOf(malformed.getMessage());
    }
    throw new InputException(
        document.locate(pointer), wrong, "write HOST:PORT, such as 127.0.0.1:5432");
  }

  private static List<EffectCheck> effects(JsonNode node) {
    List<EffectCheck> effects = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode effect = entry.getValue();
      effects.add(
          new EffectCheck(
              entry.getKey(),
              effect.path("of").asText(),
              call(effect.path("read").asText()),
              effect.path("pointer").asText(),
              effect.path("change").asLong()));
    }
    return effects;
  }

  private List<Probe> probes(JsonNode node, String pointer) {
    List<Probe> probes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode probe = entry.getValue();
      HttpRequest bare = call(probe.path("request").asText());
      Headers headers = Headers.NONE;
      for (Map.Entry<String, String> header : map(probe.path("headers")).entrySet()) {
        headers = headers.with(header.getKey(), header.getValue());
      }
      Payload body = Payload.EMPTY;
      if (probe.has("body")) {
        body = Payload.of(probe.path("body"));
        if (headers.first("content-type").isEmpty()) {
          headers = headers.with("content-type", "application/json");
        }
      }
      probes.add(
          new Probe(
              entry.getKey(),
              new HttpRequest(bare.method(), bare.target(), headers, body),
              given(probe.path("given")),
              answer(probe.path("held")),
              answer(probe.path("degraded")),
              answer(probe.path("refused")),
              document.locate(SourceDocument.child(pointer, entry.getKey()))));
    }
    return probes;
  }

  private static Probe.@Nullable Answer answer(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new Probe.Answer(node.path("status").asInt(), node.get("body"));
  }

  /** A plain list is set up on the subject itself; a map names the subjects. */
  private static Map<String, Map<String, List<String>>> operationStates(
      String subject, JsonNode node) {
    Map<String, Map<String, List<String>>> states = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      states.put(entry.getKey(), value.isArray() ? Map.of(subject, texts(value)) : given(value));
    }
    return states;
  }

  static Map<String, List<String>> given(JsonNode node) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    node.properties().forEach(entry -> given.put(entry.getKey(), texts(entry.getValue())));
    return given;
  }

  private Duration duration(JsonNode node, String pointer, String key, Duration defaultValue) {
    if (!node.has(key)) {
      return defaultValue;
    }
    try {
      return Durations.parse(node.path(key).asText());
    } catch (IllegalArgumentException tooLong) {
      throw new InputException(
          document.locate(pointer + "/" + key),
          String.valueOf(tooLong.getMessage()),
          "write a shorter one");
    }
  }

  private List<String> sources(JsonNode node, String pointer) {
    List<String> sources = new ArrayList<>();
    for (JsonNode source : node) {
      sources.add(relative(source.asText(), SourceDocument.child(pointer, sources.size())));
    }
    return sources;
  }

  static HttpRequest call(String text) {
    int space = text.indexOf(' ');
    return new HttpRequest(
        text.substring(0, space), text.substring(space + 1).trim(), Headers.NONE, Payload.EMPTY);
  }

  private List<String> command(JsonNode node, String pointer) {
    if (node.isArray()) {
      return texts(node);
    }
    List<String> words = words(node.asText(), document.locate(pointer));
    if (words.isEmpty()) {
      throw new InputException(document.locate(pointer), "the command is blank", "write one");
    }
    return words;
  }

  /**
   * Splits a command line as a shell would without expanding anything: blanks, single and double
   * quotes.
   */
  static List<String> words(String line, Location location) {
    try {
      return CommandWords.split(line);
    } catch (IllegalArgumentException open) {
      throw new InputException(location, String.valueOf(open.getMessage()), "close it");
    }
  }

  private String relative(String path, String pointer) {
    return ConfigDocument.inside(document, pointer, "", path);
  }

  static Map<String, String> map(JsonNode node) {
    Map<String, String> map = new LinkedHashMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
