/** Measures Codicil against its peers, as ratios within one run. */
@NullMarked
package dev.codicil.benchmarks;

import org.jspecify.annotations.NullMarked;
