package dev.codicil.samples.billing.bill;

import org.jspecify.annotations.Nullable;

/**
 * What is billed for one license.
 *
 * @param state {@code active} or {@code canceled}
 * @param holder who pays; null while the license was not heard to be issued
 * @param charges how often a period was charged
 * @param paidUntil end of the last period charged; null when none was
 * @param asOf time of the event that decided
 */
public record Bill(
    String state, @Nullable String holder, int charges, @Nullable String paidUntil, String asOf) {}
