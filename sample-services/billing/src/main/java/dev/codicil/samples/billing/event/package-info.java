/** License events, believed only as far as they keep the contract. */
@NullMarked
package dev.codicil.samples.billing.event;

import org.jspecify.annotations.NullMarked;
