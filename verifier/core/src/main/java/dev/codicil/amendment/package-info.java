/** Amendments: what changed between base and head, which rule says so, and whom it touches. */
@NullMarked
package dev.codicil.amendment;

import org.jspecify.annotations.NullMarked;
