@NullMarked
package dev.codicil.maven;

import org.jspecify.annotations.NullMarked;
