package dev.codicil.engine;

import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparisons;
import dev.codicil.amendment.Compatibility;
import dev.codicil.amendment.WitnessSource;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Witnesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares documents alone: files, folders, or {@code REV:path}. */
public final class Documents {
  /** Witnesses of documents alone are the same each time. */
  private static final long WITNESS_SEED = 1;

  private final Path here;
  private final ContractLoader loader = new ContractLoader(Formats.all());

  /**
   * Documents as somebody in a folder names them. One of these compares any number of pairs.
   *
   * @param here folder that relative paths and revisions refer to
   */
  public Documents(Path here) {
    this.here = here.toAbsolutePath().normalize();
  }

  /**
   * Compares two sets of contracts, and advises on the rollout. Locations are relative to where the
   * user is.
   *
   * @param base file, folder or {@code REV:path}
   * @param head likewise
   * @param mode which consumers to look at
   * @throws InputException when one that the user named cannot be read
   */
  public Comparison compare(String base, String head, Compatibility mode) {
    return compare(new Bases(List.of(base), List.of()), head, mode, true);
  }

  /**
   * The same without advice, which takes a comparison more, and without witnesses: for one pair of
   * many.
   *
   * @see #compare(String, String, Compatibility)
   */
  public Comparison pair(String base, String head, Compatibility mode) {
    return compare(new Bases(List.of(base), List.of()), head, mode, false);
  }

  /**
   * Compares a head with each of several bases, and advises on the rollout. Locations are relative
   * to where the user is.
   *
   * @param bases files, folders, {@code REV:path}, patterns of paths, and patterns of tags: {@code
   *     tags:v*}, {@code tags:v*:path}
   * @param head file, folder or {@code REV:path}
   * @param mode which consumers to look at
   * @throws InputException when one that the user named cannot be read, or a pattern matches
   *     nothing
   */
  public Comparison against(List<String> bases, String head, Compatibility mode) {
    return compare(Bases.expand(here, bases, head), head, mode, true);
  }

  private Comparison compare(Bases bases, String head, Compatibility mode, boolean advised) {
    NamedDocuments after = NamedDocuments.load(loader, Column.HEAD, here, head);
    Comparisons comparisons =
        new Comparisons(
            head,
            after.contracts(),
            after::shown,
            mode,
            advised,
            advised ? Witnesses.of(WITNESS_SEED) : WitnessSource.NONE);
    List<Ledger.Entry> entries = new ArrayList<>();
    for (String base : bases.names()) {
      String side = bases.names().size() == 1 ? Column.BASE : base;
      NamedDocuments before = NamedDocuments.load(loader, side, here, base);
      entries.addAll(before.entries());
      comparisons.against(base, before.contracts(), before::shown);
    }
    for (String lacking : bases.lacking()) {
      entries.add(
          new Ledger.Entry(lacking, lacking, Ledger.Fate.NOT_A_CONTRACT, null, 0, List.of()));
    }
    entries.addAll(after.entries());
    return comparisons.comparison(new Ledger(entries));
  }
}
