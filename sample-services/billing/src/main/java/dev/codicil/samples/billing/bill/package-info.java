/** What is billed for each license. */
@NullMarked
package dev.codicil.samples.billing.bill;

import org.jspecify.annotations.NullMarked;
