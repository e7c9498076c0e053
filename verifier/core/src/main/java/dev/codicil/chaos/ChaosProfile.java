package dev.codicil.chaos;

import dev.codicil.contract.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named weather: which faults may strike where.
 *
 * @param name kebab-case; the file's name
 * @param title one line
 * @param entries each gives fault sets of its own
 * @param location the file
 */
public record ChaosProfile(String name, String title, List<Entry> entries, Location location) {
  public ChaosProfile {
    entries = List.copyOf(entries);
  }

  /**
   * One fault of a profile, before it is bound to edges and fields.
   *
   * @param fault id of the fault
   * @param edges which edges it may strike
   * @param stream request or reply; null for the fault's default
   * @param parameters as written, validated, without defaults
   * @param location where it stands
   */
  public record Entry(
      String fault,
      Edges edges,
      @Nullable Stream stream,
      Parameters parameters,
      Location location) {}

  /** Which edges a fault may strike, seen from the replayed subject. */
  public enum Edges {
    /** Between the replaying consumer and the provider. */
    CONSUMER,
    /** Between a subject and what it calls. */
    UPSTREAM,
    /** All of them. */
    ANY
  }
}
