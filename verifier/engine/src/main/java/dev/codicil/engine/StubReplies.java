package dev.codicil.engine;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Response;
import dev.codicil.contract.Shape;
import dev.codicil.experiment.ShapeSampler;
import java.util.Map;
import java.util.Optional;

/**
 * Replies for stubs whose contract gives no example: the first success the contract declares, its
 * body drawn from shapes.
 */
final class StubReplies {
  private final ShapeSampler sampler;

  StubReplies(long seed) {
    this.sampler = ShapeSampler.of(seed, ShapeSampler.Purpose.REPLY);
  }

  Optional<HttpReply> reply(HttpInteraction interaction) {
    for (Response response : interaction.responses()) {
      if (!response.status().startsWith("2")) {
        continue;
      }
      int status = response.status().endsWith("XX") ? 200 : Integer.parseInt(response.status());
      if (response.body().content().isEmpty()) {
        return Optional.of(new HttpReply(status, Headers.NONE, Payload.EMPTY));
      }
      Map.Entry<String, Shape> media = response.body().content().entrySet().iterator().next();
      return sampler
          .sample(media.getValue(), interaction.key())
          .found()
          .map(
              body ->
                  new HttpReply(
                      status, Headers.of("content-type", media.getKey()), Payload.of(body)));
    }
    return Optional.empty();
  }
}
