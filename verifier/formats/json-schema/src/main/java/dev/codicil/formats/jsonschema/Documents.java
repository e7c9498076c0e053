package dev.codicil.formats.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files a document refers to. References stay inside the {@link Source}: nothing is fetched,
 * and nothing outside its root is read.
 */
public final class Documents {
  private static final int MAX_FILES = 2_000;
  private static final Pattern SCHEME = Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:|//).*");

  private final Source source;
  private final Map<String, SourceDocument> loaded = new HashMap<>();
  private final Map<String, String> unreadable = new HashMap<>();
  private final Map<SourceDocument, Identifiers> identifiers = new IdentityHashMap<>();
  private final Map<SourceDocument, Map<String, Place>> within = new IdentityHashMap<>();

  public Documents(SourceDocument main, Source source) {
    this.source = source;
    loaded.put(normalize("", main.file()), main);
  }

  /** Follows the reference at {@code from}, and those it leads to, up to a node that is none. */
  public Place follow(Place from) throws BrokenReference {
    Set<String> passed = new HashSet<>();
    Place at = from;
    for (String ref = at.ref(); ref != null; ref = at.ref()) {
      if (!passed.add(at.id())) {
        throw new BrokenReference("the reference leads back to itself: " + quoted(ref));
      }
      at = resolve(at, ref);
    }
    return at;
  }

  /** The place a reference names, which may be a reference itself. */
  public synchronized Place resolve(Place from, String ref) throws BrokenReference {
    if (!ref.startsWith("#/") || !identifiers(from.document()).none()) {
      return find(from, ref);
    }
    // The commonest reference by far, and asked for again and again.
    Map<String, Place> known = within.computeIfAbsent(from.document(), document -> new HashMap<>());
    Place place = known.get(ref);
    if (place == null) {
      place = find(from, ref);
      known.put(ref, place);
    }
    return place;
  }

  private Place find(Place from, String ref) throws BrokenReference {
    String named = identifiers(from.document()).pointer(from.pointer(), ref);
    JsonNode known = named == null ? null : from.document().at(named);
    if (known != null && !known.isMissingNode()) {
      return new Place(from.document(), Objects.requireNonNull(named), known);
    }
    int hash = ref.indexOf('#');
    String file = hash < 0 ? ref : ref.substring(0, hash);
    String fragment = hash < 0 ? "" : decode(ref.substring(hash + 1), ref);
    SourceDocument document = file.isEmpty() ? from.document() : load(from, file, ref);
    if (!fragment.isEmpty() && !fragment.startsWith("/")) {
      String anchored = identifiers(document).pointer("", "#" + fragment);
      if (anchored != null) {
        return new Place(document, anchored, document.at(anchored));
      }
      throw new BrokenReference(
          "the reference "
              + quoted(ref)
              + " names an anchor that is not there; expected one of that file, or a JSON pointer"
              + " such as #/components/schemas/NAME");
    }
    JsonNode node = document.at(fragment);
    if (node.isMissingNode()) {
      throw new BrokenReference("the reference " + quoted(ref) + " leads nowhere");
    }
    return new Place(document, fragment, node);
  }

  private Identifiers identifiers(SourceDocument document) {
    return identifiers.computeIfAbsent(document, Identifiers::new);
  }

  private SourceDocument load(Place from, String file, String ref) throws BrokenReference {
    if (SCHEME.matcher(file).matches()) {
      throw new BrokenReference(
          "the reference "
              + quoted(ref)
              + " leaves the contracts: nothing is fetched; keep a copy of the file beside this"
              + " one");
    }
    String path = normalize(from.document().file(), decode(file, ref));
    if (path == null) {
      throw new BrokenReference(
          "the reference " + quoted(ref) + " leads outside of the contracts' root");
    }
    SourceDocument known = loaded.get(path);
    if (known != null) {
      return known;
    }
    String failure = unreadable.get(path);
    if (failure == null && loaded.size() + unreadable.size() >= MAX_FILES) {
      failure = "more than " + MAX_FILES + " files are referred to";
    }
    if (failure == null) {
      try {
        SourceDocument read = DocumentReader.read(path, source.read(path));
        loaded.put(path, read);
        return read;
      } catch (InputException broken) {
        failure = broken.getMessage() == null ? "unreadable" : broken.getMessage();
      }
    }
    unreadable.put(path, failure);
    throw new BrokenReference("the reference " + quoted(ref) + " cannot be read: " + failure);
  }

  /** {@code file} as seen from the folder of {@code base}; null when it lies outside the root. */
  private static @Nullable String normalize(String base, String file) {
    if (file.startsWith("/") || file.indexOf('\\') >= 0 || file.indexOf('\0') >= 0) {
      return file.equals(base) || base.isEmpty() ? file : null;
    }
    Deque<String> parts = new ArrayDeque<>();
    int slash = base.lastIndexOf('/');
    String joined = slash < 0 ? file : base.substring(0, slash + 1) + file;
    for (String part : joined.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  private static String decode(String text, String ref) throws BrokenReference {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new BrokenReference("the reference " + quoted(ref) + " is badly percent-encoded");
    }
  }

  public static String quoted(String text) {
    return "'" + (text.length() > 200 ? text.substring(0, 200) + "..." : text) + "'";
  }
}
