/** What only a contract test may do: forget everything, count effects. */
@NullMarked
package dev.codicil.samples.checkout.contracttest;

import org.jspecify.annotations.NullMarked;
