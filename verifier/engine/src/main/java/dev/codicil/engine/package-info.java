/**
 * Composes the parts: configuration, sources, lists of built-ins, and the {@code Verification}
 * facade.
 */
@NullMarked
package dev.codicil.engine;

import org.jspecify.annotations.NullMarked;
