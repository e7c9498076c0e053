/** The Maven door: verifies amendments in a build. */
@NullMarked
package dev.codicil.maven;

import org.jspecify.annotations.NullMarked;
