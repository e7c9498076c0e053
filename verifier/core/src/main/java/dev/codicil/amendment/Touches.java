package dev.codicil.amendment;

import dev.codicil.amendment.Change.Touch;
import dev.codicil.amendment.Mentions.Mention;
import dev.codicil.amendment.rule.Difference.Reach;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Location;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins changes of providers' contracts to the interactions of known consumers, from the base and
 * those the head adds, and says which place of the consumer's contract uses what changed. A change
 * of a consumer's contract touches the interaction it is in.
 *
 * <p>An interaction is touched when it uses what changed: sends the parameter or field, expects the
 * status, header or reply field; or, for what became required, when it sends a message that leaves
 * it out. What a consumer does not mention does not touch it.
 */
final class Touches {
  private static final Comparator<Touch> ORDER =
      Comparator.comparing(Touch::consumer)
          .thenComparing(Touch::interaction)
          .thenComparing(Touch::description);

  private final Uses uses;

  /** What a use mentions of a part: changes of one part share it. */
  private final Map<Part, Map<Shape, Mentions>> mentions = new IdentityHashMap<>();

  /** A place of the consumer's contract. */
  private record Spot(String path, @Nullable Location location) {
    static Spot of(Mention mention) {
      return new Spot(mention.path(), mention.location());
    }
  }

  /** A shape that the consumer gives a part, under its own name for that part. */
  private record Used(Shape shape, String place) {}

  Touches(List<Contract> before, List<Contract> after) {
    uses = new Uses(before, after);
  }

  /** Whom a change touches, by consumer, then by interaction. */
  List<Touch> of(Found found) {
    String consumer = found.pairing().consumer();
    if (consumer != null) {
      return own(consumer, found);
    }
    List<Touch> touches = new ArrayList<>();
    for (Uses.Use use : uses.of(found)) {
      Spot spot = spot(use.interaction(), found);
      if (spot != null) {
        touches.add(touch(use.consumer(), use.interaction(), spot));
      }
    }
    touches.sort(ORDER);
    return touches;
  }

  /** Documents and consumers write a provider's name differently: as a title, as an id. */
  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-");
  }

  private static List<Touch> own(String consumer, Found found) {
    Interaction own = found.before() != null ? found.before() : found.after();
    if (own == null) {
      return List.of();
    }
    String path = found.change().path();
    Part part = found.part();
    String place =
        part == null || !path.startsWith(part.root())
            ? place(path)
            : MatcherPaths.below(
                MatcherPaths.part(part.root()), path.substring(part.root().length()));
    return List.of(touch(consumer, own, new Spot(place, found.change().location())));
  }

  private static String place(String path) {
    if (path.isEmpty()) {
      return MatcherPaths.INTERACTION;
    }
    return path.startsWith("status:") ? "$.status" : MatcherPaths.part(path);
  }

  private static Touch touch(String consumer, Interaction interaction, Spot spot) {
    return new Touch(
        consumer, interaction.key(), interaction.description(), spot.path(), spot.location());
  }

  /** Where an interaction uses what changed; null when it does not. */
  private @Nullable Spot spot(Interaction use, Found found) {
    Place place = found.place();
    if (place instanceof Place.Operation) {
      return new Spot(MatcherPaths.INTERACTION, use.location());
    }
    if (place instanceof Place.RequestBody) {
      if (use instanceof HttpInteraction http) {
        boolean sends = !http.requestBody().content().isEmpty();
        return sends == (found.difference().reach() == Reach.USES)
            ? new Spot("$.body", http.requestBody().location())
            : null;
      }
      return null;
    }
    if (place instanceof Place.Status status) {
      return use instanceof HttpInteraction http
          ? expected(http, status.status(), found)
              .findFirst()
              .map(reply -> new Spot("$.status", reply.location()))
              .orElse(null)
          : null;
    }
    Part part = found.part();
    if (part == null) {
      return null;
    }
    List<Response> replies = List.of();
    if (use instanceof HttpInteraction http && part.direction() == Direction.REPLY) {
      replies = expected(http, part.status(), found).toList();
      if (replies.isEmpty()) {
        return null;
      }
    }
    List<Used> used = used(use, part, replies);
    if (place instanceof Place.MediaType) {
      return used.isEmpty() ? null : new Spot("$.body", used.get(0).shape().location());
    }
    if (used.isEmpty()) {
      // A parameter that became required concerns those who do not send it at all.
      boolean lacks =
          found.difference().reach() == Reach.LACKS
              && found.change().path().equals(part.root())
              && !part.root().equals("body");
      return lacks ? new Spot(MatcherPaths.part(part.root()), use.location()) : null;
    }
    return used.stream()
        .map(one -> reached(one, part, found))
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable Spot reached(Used used, Part part, Found found) {
    Mentions mentioned = mentions(used, part, found);
    String path = found.change().path();
    Reach reach = found.difference().reach();
    if (reach == Reach.LACKS) {
      int slash = path.lastIndexOf('/');
      Mention parent = slash > 0 ? mentioned.find(path.substring(0, slash)) : null;
      Mention own = mentioned.find(path);
      return parent == null || own != null && own.sure() ? null : Spot.of(parent);
    }
    Mention mention;
    if (reach == Reach.UNLISTED && found.place() instanceof Place.Value value) {
      Set<String> listed =
          value.after().properties().keySet().stream()
              .map(name -> SourceDocument.child("", name).substring(1))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      mention = mentioned.unlistedChild(path, listed);
    } else {
      mention = mentioned.find(path);
    }
    return mention == null || otherVariant(used, part, found) ? null : Spot.of(mention);
  }

  private static boolean otherVariant(Used used, Part part, Found found) {
    Location base = found.change().baseLocation();
    Location head = found.change().headLocation();
    Shape before = PartShapes.of(found.before(), part);
    Shape after = PartShapes.of(found.after(), part);
    boolean otherBefore =
        base != null && before != null && Variants.isOther(used.shape(), before, base);
    boolean otherAfter =
        head != null && after != null && Variants.isOther(used.shape(), after, head);
    return otherBefore && (otherAfter || head == null) || otherAfter && base == null;
  }

  private Mentions mentions(Used used, Part part, Found found) {
    return mentions
        .computeIfAbsent(part, any -> new IdentityHashMap<>())
        .computeIfAbsent(
            used.shape(),
            shape -> {
              Shape before = PartShapes.of(found.before(), part);
              Shape after = PartShapes.of(found.after(), part);
              return new Mentions(
                  shape,
                  part,
                  used.place(),
                  (path, name) ->
                      PartShapes.lists(before, part, path, name)
                          || PartShapes.lists(after, part, path, name));
            });
  }

  /** What the consumer's interaction says about a part; empty when it does not use it. */
  private static List<Used> used(Interaction use, Part part, List<Response> replies) {
    List<Used> used = new ArrayList<>();
    if (use instanceof MessageInteraction message) {
      add(used, PartShapes.of(message, part), part);
    } else if (use instanceof HttpInteraction http && part.direction() == Direction.REQUEST) {
      Shape shape = PartShapes.of(http, part);
      // Every concrete path fills all parameters of its template.
      add(
          used,
          shape == null && part.root().startsWith("path:") ? Shape.any(use.location()) : shape,
          part);
    } else {
      for (Response reply : replies) {
        String mediaType = part.mediaType();
        add(
            used,
            mediaType != null
                ? PartShapes.of(reply.body(), mediaType)
                : PartShapes.of(reply.headers(), part.root()),
            part);
      }
    }
    return used;
  }

  private static void add(List<Used> used, @Nullable Shape shape, Part part) {
    if (shape != null) {
      used.add(new Used(shape, MatcherPaths.part(part.root())));
    }
  }

  /** The replies an interaction expects for which this entry speaks, before or after. */
  private static Stream<Response> expected(
      HttpInteraction use, @Nullable String status, Found found) {
    return use.responses().stream()
        .filter(
            expected -> {
              if (status == null || expected.status().equals(status)) {
                return true;
              }
              Optional<Integer> own = code(expected.status());
              if (own.isPresent()) {
                return speaks(found.before(), status, own.get())
                    || speaks(found.after(), status, own.get());
              }
              return code(status).filter(expected::covers).isPresent();
            });
  }

  private static boolean speaks(@Nullable Interaction operation, String status, int code) {
    return operation instanceof HttpInteraction http
        && http.response(code).map(Response::status).filter(status::equals).isPresent();
  }

  private static Optional<Integer> code(String status) {
    return status.length() == 3 && status.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(Integer.parseInt(status))
        : Optional.empty();
  }
}
