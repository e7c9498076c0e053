/** What only a contract test may do: forget everything. */
@NullMarked
package dev.codicil.samples.billing.contracttest;

import org.jspecify.annotations.NullMarked;
