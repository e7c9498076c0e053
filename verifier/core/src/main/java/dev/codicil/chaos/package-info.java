/**
 * Faults and chaos profiles: what may be injected, and the closed set of effects the storm
 * performs.
 */
@NullMarked
package dev.codicil.chaos;

import org.jspecify.annotations.NullMarked;
