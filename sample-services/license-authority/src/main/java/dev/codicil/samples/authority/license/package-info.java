/** Licenses and what can be done with them. */
@NullMarked
package dev.codicil.samples.authority.license;

import org.jspecify.annotations.NullMarked;
