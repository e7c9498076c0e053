/** Reads Pact files, and judges replies by Pact JVM's own matching. */
@NullMarked
package dev.codicil.formats.pact;

import org.jspecify.annotations.NullMarked;
