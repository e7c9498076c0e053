package dev.codicil.storm.proxy;

import dev.codicil.chaos.Effect;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The effects on one message, added up in their order. */
final class Orders {
  /** Nothing is to be done. */
  static final Orders NONE = new Orders();

  private Duration delay = Duration.ZERO;
  private final List<String> holds = new ArrayList<>(0);
  private final Map<String, List<String>> fields = new HashMap<>(0);
  private @Nullable HttpReply answer;
  private @Nullable HttpReply replacement;
  private @Nullable Payload body;
  private Effect.@Nullable Cut cut;
  private Effect.@Nullable Throttle throttle;
  private Effect.@Nullable Slice slice;
  private Effect.@Nullable Stall stall;
  private Effect.@Nullable SlowClose slowClose;
  private Effect.Reframe.@Nullable How reframe;
  private @Nullable String route;
  private Effect.@Nullable StrikeNode strike;
  private boolean duplicate;
  private boolean stale;

  static Orders of(List<Effect> effects) {
    if (effects.isEmpty()) {
      return NONE;
    }
    Orders orders = new Orders();
    effects.forEach(orders::add);
    return orders;
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
    } else if (effect instanceof Effect.Duplicate) {
      duplicate = true;
    } else if (effect instanceof Effect.Hold hold) {
      holds.add(hold.until());
    } else {
      addPassage(effect);
    }
  }

  /** How the message passes, rather than what it says. */
  private void addPassage(Effect effect) {
    if (effect instanceof Effect.Throttle rate) {
      // Two narrow pipes in a row are as wide as the narrower one.
      boolean narrower = throttle == null || rate.bytesPerSecond() < throttle.bytesPerSecond();
      throttle = narrower ? rate : throttle;
    } else if (effect instanceof Effect.Slice pieces) {
      slice = pieces;
    } else if (effect instanceof Effect.Stall silence) {
      stall = stall == null ? silence : stall;
    } else if (effect instanceof Effect.SlowClose late) {
      slowClose = late;
    } else if (effect instanceof Effect.Reframe broken) {
      reframe = broken.how();
    } else if (effect instanceof Effect.Route other) {
      route = other.node();
    } else if (effect instanceof Effect.Stale) {
      stale = true;
    } else if (effect instanceof Effect.StrikeNode one) {
      strike = strike == null ? one : strike;
    }
  }

  Duration delay() {
    return delay;
  }

  List<String> holds() {
    return holds;
  }

  @Nullable HttpReply answer() {
    return answer;
  }

  @Nullable HttpReply replacement() {
    return replacement;
  }

  Effect.@Nullable Cut cut() {
    return cut;
  }

  boolean duplicate() {
    return duplicate;
  }

  Effect.@Nullable Stall stall() {
    return stall;
  }

  Effect.@Nullable SlowClose slowClose() {
    return slowClose;
  }

  Effect.Reframe.@Nullable How reframe() {
    return reframe;
  }

  @Nullable String route() {
    return route;
  }

  Effect.@Nullable StrikeNode strike() {
    return strike;
  }

  boolean stale() {
    return stale;
  }

  /** In which pieces the body passes, null for as it comes. */
  @Nullable Pace pace() {
    return Pace.of(throttle, slice);
  }

  /**
   * How many bytes of the body pass before it is cut. Faults see decoded bodies, so a cut at a byte
   * of one falls on the same fraction of the coded one.
   *
   * @param plainSize size of the body as the faults were shown it, 0 when it was not
   */
  long limit(long plainSize, BodyPipe pipe) {
    if (cut == null) {
      return BodyPipe.NO_LIMIT;
    }
    long plain = body == null ? plainSize : body.size();
    long after = cut.afterBodyBytes();
    if (!pipe.settled() || plain == 0 || plain == pipe.held() || after < 0) {
      return after;
    }
    return after >= plain ? pipe.held() + after - plain : after * pipe.held() / plain;
  }

  /**
   * Changes body and fields as ordered. Content length, content coding and digests follow the body,
   * unless a field is ordered to say something else.
   *
   * @return whether the declared framing may no longer be that of the body, so that the connection
   *     cannot be used again
   * @throws IllegalArgumentException when a field cannot be written as HTTP
   */
  boolean rewrite(HttpMessage head, BodyPipe pipe) {
    Payload plain = body;
    if (plain != null) {
      Coding coding = Coding.of(head.headers());
      if (coding == Coding.OTHER) {
        head.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
      }
      Payload coded = coding.encode(plain);
      pipe.replace(coded);
      head.headers().remove(HttpHeaderNames.TRAILER);
      if (!HttpUtil.isTransferEncodingChunked(head)) {
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, coded.size());
      }
      Digests.follow(head.headers(), coded);
    }
    if (fields.isEmpty()) {
      return false;
    }
    Wire.set(head.headers(), Headers.of(fields), Set.of());
    return fields.containsKey("content-length") || fields.containsKey("transfer-encoding");
  }
}
