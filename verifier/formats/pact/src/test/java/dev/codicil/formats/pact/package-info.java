@NullMarked
package dev.codicil.formats.pact;

import org.jspecify.annotations.NullMarked;
