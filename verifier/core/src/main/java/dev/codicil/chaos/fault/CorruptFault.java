package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Payload;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Overwrites bytes of the body with 0xFF, which no UTF-8 text contains, so that every strict reader
 * must notice. The length stays.
 */
final class CorruptFault implements Fault {
  private static final String BYTES = "bytes";
  private static final FaultCard CARD =
      new FaultCard(
          "corrupt",
          "Bytes of the body are garbage",
          FaultCard.Layer.WIRE,
          new LinkedHashSet<>(List.of(Stream.DOWNSTREAM, Stream.UPSTREAM)),
          true,
          true,
          false,
          List.of(
              new FaultCard.Parameter(
                      BYTES,
                      FaultCard.Type.INTEGER,
                      "1",
                      "How many bytes in a row are overwritten; the length of the body stays.")
                  .between(1, 65_536)),
          "A good service decodes strictly and refuses a body that is not valid UTF-8; it never"
              + " stores or shows replacement characters as if they were data.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    byte[] body = exchange.body().bytes();
    Optional<String> reason = Bodies.encoded(exchange).or(() -> Bodies.notUtf8(exchange));
    if (body.length == 0 || reason.isPresent()) {
      return Injection.Plan.none(reason.orElse("there is no body"));
    }
    int count = parameters.integer(BYTES);
    int length = Math.min(count, body.length);
    double fraction = dice.fraction("position");
    int start = Bodies.offset(fraction, body.length - length + 1);
    Arrays.fill(body, start, start + length, (byte) 0xFF);
    return Injection.Plan.of(
        new Effect.ReplaceBody(Payload.of(body)),
        count + (count == 1 ? " byte" : " bytes") + " 0xFF at " + Bodies.show(fraction));
  }
}
