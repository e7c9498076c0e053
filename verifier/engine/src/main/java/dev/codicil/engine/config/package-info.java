/** What the user declares: {@code codicil.yaml} and {@code amendment.yaml}. */
@NullMarked
package dev.codicil.engine.config;

import org.jspecify.annotations.NullMarked;
