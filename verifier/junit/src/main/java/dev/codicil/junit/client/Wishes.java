package dev.codicil.junit.client;

import dev.codicil.chaos.Effect;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.contract.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The effects on one message, added up in their order, as the fault proxy adds them up. */
final class Wishes {
  private Duration delay = Duration.ZERO;
  private final Map<String, List<String>> fields = new TreeMap<>();
  private @Nullable HttpReply answer;
  private @Nullable HttpReply replacement;
  private @Nullable Payload body;
  private Effect.@Nullable Cut cut;
  private Effect.@Nullable Stall stall;
  private boolean duplicate;
  private boolean stale;

  /**
   * @throws InputException when one of them needs a wire
   */
  static Wishes of(List<Effect> effects, String edge) {
    Wishes wishes = new Wishes();
    for (Effect effect : effects) {
      if (!InProcess.performs(effect)) {
        throw new InputException(
            Location.of(edge),
            effect.getClass().getSimpleName() + " cannot be performed in process",
            "leave the fault out with without(...), or use @AmendmentTest, which has a proxy");
      }
      wishes.add(effect);
    }
    return wishes;
  }

  private void add(Effect effect) {
    if (effect instanceof Effect.ReplaceBody replace) {
      body = replace.body();
    } else if (effect instanceof Effect.SetHeaders set) {
      fields.putAll(set.set().asMap());
    } else if (effect instanceof Effect.ReplaceReply replace) {
      // A new reply stands in for the whole message, whatever was done to the old one before.
      replacement = replace.reply();
      body = null;
      fields.clear();
    } else if (effect instanceof Effect.Answer local) {
      answer = local.reply();
    } else if (effect instanceof Effect.Delay wait) {
      delay = delay.plus(wait.time());
    } else if (effect instanceof Effect.Cut end) {
      cut = cut == null ? end : cut;
    } else if (effect instanceof Effect.Stall silence) {
      stall = stall == null ? silence : stall;
    } else if (effect instanceof Effect.Duplicate) {
      duplicate = true;
    } else if (effect instanceof Effect.Stale) {
      stale = true;
    }
  }

  Duration delay() {
    return delay;
  }

  @Nullable HttpReply answer() {
    return answer;
  }

  Effect.@Nullable Cut cut() {
    return cut;
  }

  Effect.@Nullable Stall stall() {
    return stall;
  }

  boolean duplicate() {
    return duplicate;
  }

  boolean stale() {
    return stale;
  }

  /** Whether the message is another than the one that came. */
  boolean changes() {
    return body != null || !fields.isEmpty() || replacement != null || answer != null;
  }

  /** A message's body, as wished. */
  Payload body(Payload was) {
    return body == null ? was : body;
  }

  /** A message's header fields, as wished; content length and digest are those of the body. */
  Headers headers(Headers was) {
    Map<String, List<String>> all = new TreeMap<>(was.asMap());
    Payload wished = body;
    if (wished != null) {
      all.keySet().removeIf(name -> name.endsWith("digest") || name.equals("content-md5"));
      all.computeIfPresent("content-length", (name, old) -> List.of(String.valueOf(wished.size())));
    }
    all.putAll(fields);
    all.values().removeIf(List::isEmpty);
    return Headers.of(all);
  }

  /** A reply, as wished; another one where it is wished to be replaced. */
  HttpReply reply(HttpReply was) {
    HttpReply instead = replacement != null ? replacement : answer;
    HttpReply from = instead == null ? was : instead;
    return new HttpReply(from.status(), headers(from.headers()), body(from.body()));
  }
}
