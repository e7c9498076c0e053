/** What a user of Codicil might write. */
@NullMarked
package dev.codicil.sample;

import org.jspecify.annotations.NullMarked;
