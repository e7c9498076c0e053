package dev.codicil.chaos.profile;

import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.SourceDocument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads chaos profiles, version 1. Strict: what it does not know, it refuses at its line. It
 * accepts what the schema of {@link ProfileSchema} accepts, and refuses contradictions that a
 * schema cannot express.
 */
public final class ProfileReader {
  /** The version of the format. */
  public static final int VERSION = 1;

  /** Most faults of one profile. */
  public static final int MAX_FAULTS = 1_000;

  static final String NAME_PATTERN = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
  static final int MAX_NAME = 64;
  static final int MAX_TITLE = 200;
  static final List<String> KEYS = List.of("version", "name", "title", "faults");
  static final List<String> ENTRY_KEYS = List.of("fault", "on", "stream", "parameters");

  private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

  private ProfileReader() {}

  /**
   * Reads a profile.
   *
   * @return its entries with parameters as written, and with the stream filled in
   * @throws InputException at the first thing that is wrong, with what was expected
   */
  public static ChaosProfile read(SourceDocument document) {
    Node root = Node.root(document).object(KEYS);
    Node version = root.require("version", "start the file with 'version: " + VERSION + "'");
    if (version.number("the number " + VERSION).compareTo(BigDecimal.valueOf(VERSION)) != 0) {
      throw version.wrongType(
          "the number " + VERSION, "this release of Codicil reads version " + VERSION + " only");
    }
    Node name = root.require("name", "give the profile the name of its file");
    String text = name.text();
    if (text.length() > MAX_NAME || !NAME.matcher(text).matches()) {
      throw name.wrongType(
          "lower-case words joined by hyphens, such as slow-partner, of at most "
              + MAX_NAME
              + " characters",
          "");
    }
    String title = root.get("title").map(ProfileReader::title).orElse(text);
    return new ChaosProfile(text, title, entries(root), Location.of(document.file()));
  }

  private static String title(Node node) {
    if (node.text().length() > MAX_TITLE) {
      throw node.wrongType("at most " + MAX_TITLE + " characters", "");
    }
    return node.text();
  }

  private static List<ChaosProfile.Entry> entries(Node root) {
    Node faults = root.require("faults", "a profile without a fault is calm weather");
    if (!faults.value().isArray()) {
      throw faults.wrongType("a list of faults", "start each with '- fault: '");
    }
    int size = faults.value().size();
    if (size == 0 || size > MAX_FAULTS) {
      throw faults.refuse(
          faults.name() + " has " + size + " entries; expected 1 to " + MAX_FAULTS,
          size == 0 ? "a profile without a fault is calm weather" : "split the profile");
    }
    List<ChaosProfile.Entry> entries = new ArrayList<>();
    Map<String, Location> seen = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Node node = faults.item(i, "the fault");
      ChaosProfile.Entry entry = entry(node);
      String key =
          entry.fault() + " " + entry.edges() + " " + entry.stream() + " " + entry.parameters();
      Location earlier = seen.putIfAbsent(key, entry.location());
      if (earlier != null) {
        throw node.refuse(
            "the fault '" + entry.fault() + "' is the same as that of line " + earlier.line(),
            "keep one of them");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static ChaosProfile.Entry entry(Node node) {
    node.object(ENTRY_KEYS);
    Node id = node.require("fault", "");
    Fault fault =
        Faults.byId(id.text())
            .orElseThrow(
                () ->
                    id.refuse(
                        "unknown fault "
                            + Node.quote(id.text())
                            + "; expected one of "
                            + String.join(", ", Faults.ids()),
                        Node.didYouMean(id.text(), Faults.ids())));
    FaultCard card = fault.card();
    ChaosProfile.Edges edges =
        node.get("on")
            .map(on -> constant(on, ChaosProfile.Edges.values()))
            .orElse(ChaosProfile.Edges.ANY);
    Optional<Stream> written = node.get("stream").map(stream -> constant(stream, Stream.values()));
    if (written.isPresent() && !card.streams().contains(written.get())) {
      throw node.require("stream", "")
          .refuse(
              "the fault '"
                  + card.id()
                  + "' does not strike "
                  + show(written.get())
                  + "; expected "
                  + show(card.streams().iterator().next()),
              "leave 'stream' out, there is only one");
    }
    Parameters parameters = parameters(node, card);
    Parameters complete = card.complete(parameters);
    Stream stream = written.orElseGet(() -> fault.stream(complete));
    Optional<String> contradiction = fault.contradiction(edges, stream, complete);
    if (contradiction.isPresent()) {
      throw node.refuse(
          "the fault '" + card.id() + "' contradicts itself: " + contradiction.get(), "");
    }
    return new ChaosProfile.Entry(card.id(), edges, stream, parameters, node.location());
  }

  private static Parameters parameters(Node node, FaultCard card) {
    Map<String, String> values = new TreeMap<>();
    Optional<Node> given = node.get("parameters");
    if (given.isPresent()) {
      Node written =
          new Node(
                  given.get().document(),
                  given.get().pointer(),
                  "the parameters of '" + card.id() + "'",
                  given.get().value())
              .object(card.parameters().stream().map(FaultCard.Parameter::name).toList());
      for (FaultCard.Parameter parameter : card.parameters()) {
        written
            .get(parameter.name())
            .ifPresent(value -> values.put(parameter.name(), ParameterText.of(value, parameter)));
      }
    }
    for (FaultCard.Parameter parameter : card.parameters()) {
      if (parameter.required() && !values.containsKey(parameter.name())) {
        throw given
            .orElse(node)
            .refuse(
                "the fault '"
                    + card.id()
                    + "' has no parameter '"
                    + parameter.name()
                    + "'; expected "
                    + ParameterText.expected(parameter),
                "write 'parameters: { "
                    + parameter.name()
                    + ": "
                    + ParameterText.example(parameter)
                    + " }'");
      }
    }
    return new Parameters(values);
  }

  /** The constant whose name a profile writes in lower case. */
  private static <E extends Enum<E>> E constant(Node node, E[] constants) {
    String written = node.text();
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(written)) {
        return constant;
      }
      names.add(name);
    }
    throw node.wrongType("one of " + String.join(", ", names), Node.didYouMean(written, names));
  }

  private static String show(Stream stream) {
    return stream == Stream.UPSTREAM ? "requests (upstream)" : "replies (downstream)";
  }
}
