package dev.codicil.experiment;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.Site;
import dev.codicil.amendment.Witness;
import dev.codicil.amendment.WitnessSource;
import dev.codicil.contract.Exemplar;
import java.util.Optional;

/**
 * Messages that show breaking changes: each is drawn by seed, and both sides are asked about it.
 * Only the first few changes are shown, so that a large difference stays fast.
 */
public final class Witnesses implements WitnessSource {
  /** How many changes are shown unless told otherwise. */
  public static final int MOST = 100;

  private final long seed;
  private final int most;
  private int asked;

  private Witnesses(long seed, int most) {
    this.seed = seed;
    this.most = most;
  }

  /**
   * A source for one amendment.
   *
   * @param seed of all draws
   */
  public static Witnesses of(long seed) {
    return of(seed, MOST);
  }

  /**
   * A source for one amendment.
   *
   * @param seed of all draws
   * @param most how many changes it tries to show
   */
  public static Witnesses of(long seed, int most) {
    return new Witnesses(seed, most);
  }

  /** A breaking change of a message gets a witness or the reason why not; any other stays. */
  @Override
  public Change show(Site site) {
    Change change = site.change();
    if (change.severity() != Severity.BREAKING
        || change.direction() == Direction.OPERATION
        || site.before() == null
        || site.after() == null) {
      return change;
    }
    if (++asked > most) {
      return change.unwitnessed("only the first " + most + " breaking changes are shown");
    }
    return new WitnessMaker(site, seed).make();
  }

  /** The request of a witness as a request to replay; empty for replies and messages. */
  public static Optional<Exemplar> exemplar(Change change) {
    Witness witness = change.witness();
    return witness == null
        ? Optional.empty()
        : witness
            .request()
            .map(
                request ->
                    new Exemplar(
                        "witness of " + (change.rule() + " " + change.path()).trim(),
                        request,
                        null,
                        true));
  }
}
