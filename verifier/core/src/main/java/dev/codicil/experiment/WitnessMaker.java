package dev.codicil.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Effect;
import dev.codicil.amendment.Site;
import dev.codicil.amendment.Witness;
import dev.codicil.amendment.Witness.Side;
import dev.codicil.amendment.rule.Place;
import dev.codicil.contract.Parameter;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the witness of one change: candidates from its place, the first that both sides confirm.
 */
final class WitnessMaker {
  private static final int MOST_TRIES = 8;

  private final Site site;
  private final long seed;
  private final ShapeSampler.Purpose purpose;
  private final String name;
  private String reason = "";
  private int tries;

  WitnessMaker(Site site, long seed) {
    this.site = site;
    this.seed = seed;
    Change change = site.change();
    this.purpose =
        change.direction() == Direction.REQUEST
            ? ShapeSampler.Purpose.REQUEST
            : ShapeSampler.Purpose.REPLY;
    this.name =
        Fingerprints.of(
            change.rule(),
            change.provider(),
            change.operation(),
            change.path(),
            "" + site.status());
  }

  /** Requests that were right and are refused, replies that come and were not promised. */
  Change make() {
    Side expected = purpose == ShapeSampler.Purpose.REQUEST ? Side.BASE : Side.HEAD;
    Witness witness = on(expected);
    if (witness == null && site.change().effect() == Effect.REPLACED) {
      String first = reason;
      witness = on(expected == Side.BASE ? Side.HEAD : Side.BASE);
      reason = first.isEmpty() ? reason : first;
    }
    return witness != null
        ? site.change().witnessed(witness)
        : site.change()
            .unwitnessed(
                reason.isEmpty() ? "no such message could be drawn from the schema" : reason);
  }

  private @Nullable Witness on(Side valid) {
    boolean base = valid == Side.BASE;
    Shape allowing = base ? site.shapeBefore() : site.shapeAfter();
    Shape refusing = base ? site.shapeAfter() : site.shapeBefore();
    WitnessMessage message =
        new WitnessMessage(site, seed, name, purpose, valid, allowing, refusing);
    if (!reason.isEmpty()) {
      message.reasonTold();
    }
    Place place = site.place();
    if (place instanceof Place.RequestBody) {
      return tried(message.withoutBody(), message);
    }
    if (place instanceof Place.MediaType || place instanceof Place.Status) {
      return tried(message.plain(), message);
    }
    if (place instanceof Place.Input input) {
      Parameter there = base ? input.before() : input.after();
      Witness absent = tried(message.withPart(null), message);
      return absent != null || there == null ? absent : parts(there.shape(), message);
    }
    if (place instanceof Place.Header header) {
      Parameter there = base ? header.before() : header.after();
      Witness absent = tried(message.withPart(null), message);
      return absent != null || there == null ? absent : parts(there.shape(), message);
    }
    if (allowing == null) {
      reason = "the side that would allow it has no such part";
      return null;
    }
    return inside(allowing, base, message);
  }

  private @Nullable Witness parts(Shape shape, WitnessMessage message) {
    for (JsonNode value :
        TellingValues.of(shape, Shape.any(shape.location()), purpose, seed, name)) {
      Witness witness = tried(message.withPart(value), message);
      if (witness != null || tries > MOST_TRIES) {
        return witness;
      }
    }
    return null;
  }

  /** A value at the changed place, inside the part it belongs to. */
  private @Nullable Witness inside(Shape allowing, boolean base, WitnessMessage message) {
    String pointer = site.change().path().substring(site.root().length());
    PlacedValue placed = new PlacedValue(seed, purpose, name);
    List<@Nullable JsonNode> candidates = candidates(base);
    Witness likeExample = insideExample(pointer, candidates, message);
    if (likeExample != null) {
      return likeExample;
    }
    for (@Nullable JsonNode given : candidates) {
      JsonNode whole = placed.of(allowing, pointer, given);
      if (whole == null) {
        if (reason.isEmpty()) {
          reason = "no small value that holds this place could be drawn from the schema";
        }
        continue;
      }
      Witness witness = tried(message.withPart(whole), message);
      if (witness != null || tries > MOST_TRIES) {
        return witness;
      }
    }
    return null;
  }

  /** The body of the document's own example with another value at the changed place. */
  private @Nullable Witness insideExample(
      String pointer, List<@Nullable JsonNode> candidates, WitnessMessage message) {
    if (site.mediaType() == null || purpose != ShapeSampler.Purpose.REQUEST) {
      return null;
    }
    JsonNode example = message.exampleBody();
    if (example == null) {
      return null;
    }
    for (@Nullable JsonNode given : candidates) {
      JsonNode whole = ExampleParts.with(example, pointer, given);
      Witness witness = whole == null ? null : message.withPart(whole);
      if (witness != null) {
        return witness;
      }
    }
    return null;
  }

  /** What may stand at the place; null among them stands for nothing at all. */
  private List<@Nullable JsonNode> candidates(boolean base) {
    Place place = site.place();
    List<@Nullable JsonNode> candidates = new ArrayList<>();
    if (place instanceof Place.Field field) {
      Shape.Property there = base ? field.before() : field.after();
      candidates.add(null);
      if (there != null) {
        candidates.addAll(values(there.shape(), Shape.any(there.shape().location())));
      }
    } else if (place instanceof Place.Type type) {
      candidates.addAll(
          base ? values(type.before(), type.after()) : values(type.after(), type.before()));
    } else if (place instanceof Place.Value value) {
      candidates.addAll(
          base ? values(value.before(), value.after()) : values(value.after(), value.before()));
    } else if (place instanceof Place.Option option) {
      Shape there = base ? option.before() : option.after();
      if (there != null) {
        candidates.addAll(values(there, Shape.any(there.location())));
      }
    }
    if (candidates.isEmpty() && reason.isEmpty()) {
      reason = "no value that one side allows and the other may refuse could be drawn";
    }
    return candidates;
  }

  private List<JsonNode> values(Shape allowing, Shape refusing) {
    return TellingValues.of(allowing, refusing, purpose, seed, name);
  }

  private @Nullable Witness tried(@Nullable Witness witness, WitnessMessage message) {
    tries++;
    if (witness == null && reason.isEmpty()) {
      reason = Objects.requireNonNullElse(message.reason(), "");
    }
    if (!reason.isEmpty()) {
      message.reasonTold();
    }
    return witness;
  }
}
