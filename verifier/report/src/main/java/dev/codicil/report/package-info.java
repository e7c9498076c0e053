/** Tells a verdict: to a terminal, a program, a pull request, a browser. Renders strings only. */
@NullMarked
package dev.codicil.report;

import org.jspecify.annotations.NullMarked;
