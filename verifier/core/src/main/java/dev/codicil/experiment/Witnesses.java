package dev.codicil.experiment;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Direction;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.Site;
import dev.codicil.amendment.Witness;
import dev.codicil.amendment.WitnessSource;
import dev.codicil.contract.Exemplar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Messages that show breaking changes: each is drawn by seed, and both sides are asked about it.
 * Only the first few changes are shown, so that a large difference stays fast.
 */
public final class Witnesses implements WitnessSource {
  /** How many changes are shown unless told otherwise. */
  public static final int MOST = 100;

  private final long seed;
  private final int most;
  private final UnaryOperator<Stream<Site>> spread;
  private int asked;

  private Witnesses(long seed, int most, UnaryOperator<Stream<Site>> spread) {
    this.seed = seed;
    this.most = most;
    this.spread = spread;
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
    return new Witnesses(seed, most, UnaryOperator.identity());
  }

  /**
   * The same source, which makes witnesses as the caller likes: {@code Stream::parallel}. What
   * comes out is the same.
   */
  public Witnesses spread(UnaryOperator<Stream<Site>> how) {
    return new Witnesses(seed, most, how);
  }

  /** A breaking change of a message gets a witness or the reason why not; any other stays. */
  @Override
  public Change show(Site site) {
    if (!wanted(site)) {
      return site.change();
    }
    return ++asked > most ? beyond(site) : made(site);
  }

  @Override
  public List<Change> showAll(List<Site> sites) {
    List<Site> first = sites.stream().filter(Witnesses::wanted).limit(most).toList();
    Iterator<Change> made = spread.apply(first.stream()).map(this::made).toList().iterator();
    List<Change> changes = new ArrayList<>(sites.size());
    for (Site site : sites) {
      changes.add(!wanted(site) ? site.change() : made.hasNext() ? made.next() : beyond(site));
    }
    return changes;
  }

  private static boolean wanted(Site site) {
    Change change = site.change();
    return change.severity() == Severity.BREAKING
        && change.direction() != Direction.OPERATION
        && site.before() != null
        && site.after() != null;
  }

  private Change made(Site site) {
    return new WitnessMaker(site, seed).make();
  }

  private Change beyond(Site site) {
    return site.change().unwitnessed("only the first " + most + " breaking changes are shown");
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
