package dev.codicil.engine.config;

import dev.codicil.contract.Location;
import dev.codicil.pactbroker.Selector;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code codicil.yaml} has of a Pact Broker. Texts may hold {@code ${VAR}}, which is filled in
 * when the broker is called.
 *
 * @param access where it is; null when there is none
 * @param reading what is read of it on both sides; null when nothing is
 * @param base what it has of the side before; null when that is the tree's own
 */
public record BrokerDeclaration(
    @Nullable Access access, @Nullable Reading reading, @Nullable Base base) {
  /** No broker. */
  public static final BrokerDeclaration NONE = new BrokerDeclaration(null, null, null);

  /**
   * Where a broker is, and who calls it.
   *
   * @param url its index
   * @param bearer token; null for none
   * @param basic {@code NAME:PASSWORD}; null for none
   * @param insecure whether credentials may go over plain HTTP to another machine
   * @param timeout most time for all that is asked of it; null for the default
   * @param location where it is declared
   */
  public record Access(
      String url,
      @Nullable String bearer,
      @Nullable String basic,
      boolean insecure,
      @Nullable Duration timeout,
      Location location) {}

  /**
   * Which pacts are read.
   *
   * @param selectors of consumer versions
   * @param providers whose pacts; empty for the subjects of the project
   * @param providerVersionBranch branch of the provider; null when it is not known
   * @param includePendingStatus whether pending pacts decide nothing
   * @param includeWipPactsSince date of the first work in progress; null for none
   * @param location where it is declared
   */
  public record Reading(
      List<Selector> selectors,
      List<String> providers,
      @Nullable String providerVersionBranch,
      boolean includePendingStatus,
      @Nullable String includeWipPactsSince,
      Location location) {
    public Reading {
      selectors = List.copyOf(selectors);
      providers = List.copyOf(providers);
    }
  }

  /**
   * Pacts of the side before.
   *
   * @param selectors of consumer versions
   * @param revision of the tree they belong to; null for the work tree
   * @param location where it is declared
   */
  public record Base(List<Selector> selectors, @Nullable String revision, Location location) {
    public Base {
      selectors = List.copyOf(selectors);
    }
  }
}
