/** Whether a provider's documents promise what its consumers' contracts rely on. */
@NullMarked
package dev.codicil.conformance;

import org.jspecify.annotations.NullMarked;
