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
  private Duration delay = Duration.ZERO;
  private final List<String> holds = new ArrayList<>();
  private final Map<String, List<String>> fields = new HashMap<>();
  private @Nullable HttpReply answer;
  private @Nullable HttpReply replacement;
  private @Nullable Payload body;
  private Effect.@Nullable Cut cut;
  private boolean duplicate;

  static Orders of(List<Effect> effects) {
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

  /**
   * Changes body and fields as ordered.
   *
   * @return whether the declared framing may no longer be that of the body, so that the connection
   *     cannot be used again
   * @throws IllegalArgumentException when a field cannot be written as HTTP
   */
  boolean rewrite(HttpMessage head, BodyPipe pipe) {
    if (body != null) {
      pipe.replace(body);
      head.headers().remove(HttpHeaderNames.TRAILER);
      if (!HttpUtil.isTransferEncodingChunked(head)) {
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.size());
      }
    }
    Wire.set(head.headers(), Headers.of(fields), Set.of());
    return fields.containsKey("content-length") || fields.containsKey("transfer-encoding");
  }
}
