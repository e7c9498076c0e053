/** The license authority: issues, validates, renews and revokes licenses. */
@NullMarked
package dev.codicil.samples.authority;

import org.jspecify.annotations.NullMarked;
