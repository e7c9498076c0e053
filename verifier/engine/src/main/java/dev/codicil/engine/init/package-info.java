/** Looks around in a repository and proposes a {@code codicil.yaml} for it; runs nothing. */
@NullMarked
package dev.codicil.engine.init;

import org.jspecify.annotations.NullMarked;
