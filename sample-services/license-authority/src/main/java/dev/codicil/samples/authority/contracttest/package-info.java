/** What only a contract test may do: set states up, forget everything, count effects. */
@NullMarked
package dev.codicil.samples.authority.contracttest;

import org.jspecify.annotations.NullMarked;
