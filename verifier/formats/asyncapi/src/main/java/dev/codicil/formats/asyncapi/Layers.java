package dev.codicil.formats.asyncapi;

import dev.codicil.formats.jsonschema.Constraints;
import dev.codicil.formats.jsonschema.Documents;
import dev.codicil.formats.jsonschema.Place;
import dev.codicil.formats.jsonschema.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation or message together with its traits, read as the one object they are merged into.
 *
 * <p>Traits are merged in order, a later one over an earlier one. In AsyncAPI 2 they are merged
 * over the object, in AsyncAPI 3 under it. Nothing is copied, so everything keeps its place.
 */
final class Layers {
  private final Place target;
  private final List<Place> strongestFirst;

  private Layers(Place target, List<Place> strongestFirst) {
    this.target = target;
    this.strongestFirst = strongestFirst;
  }

  /** Reads the traits of an object, which stands there itself and not as a reference. */
  static Layers of(Place target, boolean traitsWin, Documents documents, Problems problems) {
    List<Place> layers = new ArrayList<>();
    for (Place declared : Constraints.items(target, "traits")) {
      Place trait = problems.follow(documents, declared);
      if (trait == null) {
        continue;
      }
      if (!trait.node().isObject()) {
        problems.add(declared, "expected a trait (an object)");
      } else {
        if (trait.get("payload") != null) {
          problems.add(trait, "a trait has no payload: it is not read");
        }
        layers.add(trait);
      }
    }
    Collections.reverse(layers);
    layers.add(traitsWin ? layers.size() : 0, target);
    return new Layers(target, layers);
  }

  /** The object itself, without traits. */
  Place target() {
    return target;
  }

  /** A field that is taken as a whole; null when it is absent, or a stronger layer unsets it. */
  @Nullable Place get(String name) {
    List<Place> all = all(name);
    return all.isEmpty() ? null : all.get(0);
  }

  /** The text of a field; null when it is absent or no text. */
  @Nullable String text(String name) {
    Place found = get(name);
    return found != null && found.node().isTextual() ? found.node().textValue() : null;
  }

  /** The objects that are merged into a field, strongest first; what is no object replaces all. */
  List<Place> all(String name) {
    List<Place> found = new ArrayList<>();
    for (Place layer : strongestFirst) {
      Place field = layer.get(name);
      if (field == null) {
        continue;
      }
      if (field.node().isNull()) {
        break;
      }
      if (found.isEmpty() || field.node().isObject()) {
        found.add(field);
      }
      if (!field.node().isObject()) {
        break;
      }
    }
    return found;
  }
}
