/** The append-only record of a run: everything the judge needs, nothing that is secret. */
@NullMarked
package dev.codicil.history;

import org.jspecify.annotations.NullMarked;
