/** Cells that were run before with the same inputs. */
@NullMarked
package dev.codicil.engine.cache;

import org.jspecify.annotations.NullMarked;
