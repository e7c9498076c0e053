package dev.codicil.chaos.fault;

import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Effect;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Breaks the TLS handshake of every new connection of an edge that speaks TLS. */
final class TlsFault implements Fault {
  private static final String HANDSHAKE = "handshake";
  private static final FaultCard CARD =
      new FaultCard(
          "tls",
          "The handshake of TLS fails",
          FaultCard.Layer.WIRE,
          Set.of(Stream.DOWNSTREAM),
          false,
          false,
          FaultCard.Aim.TLS_EDGE,
          FaultCard.Fit.UNTOUCHED,
          List.of(
              new FaultCard.Parameter(
                      HANDSHAKE,
                      FaultCard.Type.TEXT,
                      "expired",
                      "What is wrong: a certificate that is over (expired), for another host"
                          + " (wrong-host) or of an unknown authority (untrusted), or a connection"
                          + " that is reset when the client has said its first words (cut).")
                  .oneOf("expired", "wrong-host", "untrusted", "cut")),
          "A good service refuses the connection, says in time that it cannot go on, and works"
              + " again as soon as the certificate is right, without a restart.");

  @Override
  public FaultCard card() {
    return CARD;
  }

  @Override
  public boolean atConnection() {
    return true;
  }

  @Override
  public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
    String how = parameters.require(HANDSHAKE);
    return Injection.Plan.of(
        new Effect.Handshake(
            Effect.Handshake.How.valueOf(how.toUpperCase(Locale.ROOT).replace('-', '_'))),
        how);
  }
}
