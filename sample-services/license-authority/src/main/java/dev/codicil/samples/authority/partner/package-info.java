/** The partner who vouches for identities, and the ways to ask. */
@NullMarked
package dev.codicil.samples.authority.partner;

import org.jspecify.annotations.NullMarked;
