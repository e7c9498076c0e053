/** The command line: a thin door in front of the engine. */
@NullMarked
package dev.codicil.cli;

import org.jspecify.annotations.NullMarked;
