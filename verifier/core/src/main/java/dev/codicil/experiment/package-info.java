/**
 * Experiments: what is replayed, on which edges, under which fault sets. Pure data and a pure
 * planner.
 */
@NullMarked
package dev.codicil.experiment;

import org.jspecify.annotations.NullMarked;
