package dev.codicil.amendment;

import dev.codicil.amendment.Change.Touch;
import dev.codicil.amendment.rule.Difference.Reach;
import dev.codicil.amendment.rule.MediaRange;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.PathTemplates;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Joins changes of providers' contracts to the interactions of known consumers, from the base and
 * those the head adds. A change of a consumer's contract touches the interaction it is in.
 *
 * <p>An interaction belongs to the operation whose template its path fits best. It is touched when
 * it uses what changed: sends the parameter or field, expects the status, header or reply field;
 * or, for what became required, when it sends a request that leaves it out.
 */
final class Touches {
  private final Map<String, List<Use>> usesByProvider = new LinkedHashMap<>();

  /** An interaction of a consumer. */
  private record Use(String consumer, HttpInteraction interaction) {
    Touch touch() {
      return new Touch(consumer, interaction.key(), interaction.description());
    }
  }

  Touches(List<Contract> before, List<Contract> after) {
    Set<List<String>> known = new LinkedHashSet<>();
    for (List<Contract> side : List.of(before, after)) {
      for (Contract contract : side) {
        String consumer = contract.consumer();
        if (consumer == null) {
          continue;
        }
        String provider = fold(contract.provider());
        for (HttpInteraction interaction : contract.http()) {
          if (known.add(List.of(provider, consumer, interaction.key()))) {
            usesByProvider
                .computeIfAbsent(provider, name -> new ArrayList<>())
                .add(new Use(consumer, interaction));
          }
        }
      }
    }
  }

  /** Whom a change touches, by consumer, then by interaction. */
  List<Touch> of(Found found) {
    String consumer = found.pairing().consumer();
    if (consumer != null) {
      Interaction own = found.before() != null ? found.before() : found.after();
      return own == null ? List.of() : List.of(new Touch(consumer, own.key(), own.description()));
    }
    List<Touch> touches = new ArrayList<>();
    for (Use use : usesByProvider.getOrDefault(fold(found.pairing().provider()), List.of())) {
      if (isOf(use.interaction(), found) && isTouched(use.interaction(), found)) {
        touches.add(use.touch());
      }
    }
    touches.sort(
        java.util.Comparator.comparing(Touch::consumer)
            .thenComparing(Touch::interaction)
            .thenComparing(Touch::description));
    return touches;
  }

  /** Documents and consumers write a provider's name differently: as a title, as an id. */
  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-");
  }

  private static boolean isOf(HttpInteraction use, Found found) {
    return isBest(use, found.before(), found.pairing().interactionsBefore())
        || isBest(use, found.after(), found.pairing().interactionsAfter());
  }

  private static boolean isBest(
      HttpInteraction use, @Nullable Interaction operation, List<Interaction> all) {
    if (!(operation instanceof HttpInteraction http) || !fits(use, http)) {
      return false;
    }
    int mine = parameters(http.path());
    return all.stream()
        .filter(other -> other != operation && other instanceof HttpInteraction)
        .map(HttpInteraction.class::cast)
        .noneMatch(other -> parameters(other.path()) < mine && fits(use, other));
  }

  private static boolean fits(HttpInteraction use, HttpInteraction operation) {
    return use.method().equals(operation.method())
        && PathTemplates.matches(operation.path(), use.path());
  }

  private static int parameters(String path) {
    return (int) path.chars().filter(c -> c == '{').count();
  }

  private static boolean isTouched(HttpInteraction use, Found found) {
    Place place = found.place();
    if (place instanceof Place.Operation) {
      return true;
    }
    if (place instanceof Place.RequestBody) {
      boolean sends = !use.requestBody().content().isEmpty();
      return sends == (found.difference().reach() == Reach.USES);
    }
    if (place instanceof Place.Status status) {
      return expects(use, status.status(), found);
    }
    Part part = found.part();
    if (part == null) {
      return false;
    }
    if (part.status() != null && !expects(use, part.status(), found)) {
      return false;
    }
    Shape shape = shape(use, part);
    if (place instanceof Place.MediaType) {
      return shape != null;
    }
    return reaches(shape, part, found);
  }

  private static boolean reaches(@Nullable Shape shape, Part part, Found found) {
    String path = found.change().path();
    Reach reach = found.difference().reach();
    if (shape == null) {
      // A parameter that became required concerns those who do not send it at all.
      return reach == Reach.LACKS && path.equals(part.root()) && !path.equals("body");
    }
    Mentions mentions = new Mentions(shape, part);
    if (reach == Reach.LACKS) {
      int slash = path.lastIndexOf('/');
      return slash > 0 && mentions.has(path.substring(0, slash)) && !mentions.has(path);
    }
    if (reach == Reach.UNLISTED && found.place() instanceof Place.Value value) {
      Set<String> listed =
          value.after().properties().keySet().stream()
              .map(name -> SourceDocument.child("", name).substring(1))
              .collect(Collectors.toSet());
      return mentions.hasUnlistedChild(path, listed);
    }
    return mentions.has(path);
  }

  /** The consumer's shape of a part; null when it does not use the part. */
  private static @Nullable Shape shape(HttpInteraction use, Part part) {
    if (part.mediaType() != null) {
      Body body =
          part.direction() == Direction.REQUEST
              ? use.requestBody()
              : use.responses().stream().map(Response::body).findFirst().orElse(use.requestBody());
      return shape(body, part.mediaType());
    }
    List<Parameter> members =
        part.direction() == Direction.REQUEST
            ? use.parameters()
            : use.responses().stream().flatMap(reply -> reply.headers().stream()).toList();
    if (part.root().startsWith("path:")) {
      // Every concrete path fills all parameters of its template.
      return members.stream()
          .filter(member -> member.key().equals(part.root()))
          .findFirst()
          .map(Parameter::shape)
          .orElseGet(() -> Shape.any(use.location()));
    }
    return members.stream()
        .filter(member -> member.key().equals(part.root()))
        .findFirst()
        .map(Parameter::shape)
        .orElse(null);
  }

  private static @Nullable Shape shape(Body body, String mediaType) {
    for (Map.Entry<String, Shape> entry : body.content().entrySet()) {
      if (MediaRange.covers(mediaType, entry.getKey())
          || MediaRange.covers(entry.getKey(), mediaType)) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** Whether the interaction expects a status for which this entry speaks, before or after. */
  private static boolean expects(HttpInteraction use, String status, Found found) {
    for (Response expected : use.responses()) {
      if (expected.status().equals(status)) {
        return true;
      }
      Optional<Integer> code = code(expected.status());
      if (code.isPresent()
          && (speaks(found.before(), status, code.get())
              || speaks(found.after(), status, code.get()))) {
        return true;
      }
    }
    return false;
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
