/** The HTML report in a real browser. */
@NullMarked
package dev.codicil.report.browser;

import org.jspecify.annotations.NullMarked;
