/** The change rules: each looks at one kind of place and says what a change does to it. */
@NullMarked
package dev.codicil.amendment.rule;

import org.jspecify.annotations.NullMarked;
