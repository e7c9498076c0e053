package dev.codicil.engine;

import dev.codicil.contract.Contract;
import dev.codicil.contract.Ledger;
import dev.codicil.engine.source.ContractLoader;
import dev.codicil.engine.source.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a side has of contracts: those of its tree, then those of a Pact Broker. */
final class SideContracts {
  private final ContractLoader loader;
  private final String folder;
  private final Set<String> pendingUnread = new TreeSet<>();

  SideContracts(ContractLoader loader, String folder) {
    this.loader = loader;
    this.folder = folder;
  }

  ContractLoader.Loaded load(String name, Sides.Side side) {
    ContractLoader.Loaded own = loader.load(name, side.source(), folder);
    List<Contract> contracts = new ArrayList<>(own.contracts());
    List<Ledger.Entry> entries = new ArrayList<>(own.entries());
    // Pending ones last: what another pact relies on too is not pending.
    ContractLoader.Loaded counting = loader.load(name, side.pacts().counting(), "");
    ContractLoader.Loaded pending = loader.load(name, side.pacts().pending(), "");
    contracts.addAll(counting.contracts());
    contracts.addAll(pending.contracts());
    entries.addAll(counting.entries());
    pending.entries().forEach(entry -> entries.add(told(entry)));
    side.pacts()
        .lacking()
        .forEach(
            (path, problem) ->
                entries.add(
                    new Ledger.Entry(
                        name, path, Ledger.Fate.EMPTY, null, 0, List.of(path + ": " + problem))));
    return new ContractLoader.Loaded(contracts, entries);
  }

  /** What is not understood of a pending pact is told, and keeps nothing from passing. */
  private Ledger.Entry told(Ledger.Entry entry) {
    if (entry.fate() == Ledger.Fate.LOADED && entry.problems().isEmpty()) {
      return entry;
    }
    entry.problems().forEach(problem -> pendingUnread.add("pending, and not read: " + problem));
    return new Ledger.Entry(
        entry.side(),
        entry.file(),
        Ledger.Fate.PENDING_UNREAD,
        entry.format(),
        entry.interactions(),
        List.of());
  }

  /** What was not understood of pending pacts until now, one line each. */
  Set<String> pendingUnread() {
    return pendingUnread;
  }
}
