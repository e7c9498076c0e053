package dev.codicil.engine;

import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparisons;
import dev.codicil.amendment.Compatibility;
import dev.codicil.amendment.WitnessSource;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.engine.source.ContractPrograms;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Witnesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares documents alone: files, folders, or {@code REV:path}. */
public final class Documents {
  /** Witnesses of documents alone are the same each time. */
  private static final long WITNESS_SEED = 1;

  private final Path here;
  private final ContractLoader loader;

  /**
   * Documents as somebody in a folder names them. One of these compares any number of pairs.
   *
   * @param here folder that relative paths and revisions refer to
   */
  public Documents(Path here) {
    this(here, null);
  }

  /**
   * The same, with contracts that are programs.
   *
   * @param programs runs them; null where the user did not allow it
   * @see #Documents(Path)
   */
  public Documents(Path here, @Nullable ContractPrograms programs) {
    this.here = here.toAbsolutePath().normalize();
    this.loader = new ContractLoader(Formats.all(), programs);
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
    String only = bases.names().size() == 1 ? bases.names().get(0) : null;
    // Reading is pure and takes most of the time, so the two sides are read at once.
    List<Supplier<NamedDocuments>> sides =
        Stream.of(new Named(Column.HEAD, head), new Named(Column.BASE, only == null ? "" : only))
            .filter(named -> !named.name().isEmpty())
            .parallel()
            .map(this::read)
            .toList();
    NamedDocuments after = sides.get(0).get();
    Comparisons comparisons =
        new Comparisons(
            head,
            after.contracts(),
            after::shown,
            mode,
            advised,
            advised ? Witnesses.of(WITNESS_SEED).spread(Stream::parallel) : WitnessSource.NONE);
    List<Ledger.Entry> entries = new ArrayList<>();
    for (String base : bases.names()) {
      NamedDocuments before = only == null ? read(new Named(base, base)).get() : sides.get(1).get();
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

  /**
   * @param side what the ledger calls it
   * @param name as it was typed
   */
  private record Named(String side, String name) {}

  /** What was read, or the error that is thrown to whoever asks for it. */
  private Supplier<NamedDocuments> read(Named named) {
    try {
      NamedDocuments read = NamedDocuments.load(loader, named.side(), here, named.name());
      return () -> read;
    } catch (InputException failure) {
      return () -> {
        throw failure;
      };
    }
  }
}
