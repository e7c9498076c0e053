/** The judge: from a history to outcomes, findings and a verdict. Pure. */
@NullMarked
package dev.codicil.verdict;

import org.jspecify.annotations.NullMarked;
