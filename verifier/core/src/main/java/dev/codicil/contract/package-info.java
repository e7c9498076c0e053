/** Contracts, format-neutral: what a provider promises and a consumer relies on, with locations. */
@NullMarked
package dev.codicil.contract;

import org.jspecify.annotations.NullMarked;
