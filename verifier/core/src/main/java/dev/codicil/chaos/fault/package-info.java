/** The built-in faults, one class each; {@code Faults} lists them. */
@NullMarked
package dev.codicil.chaos.fault;

import org.jspecify.annotations.NullMarked;
