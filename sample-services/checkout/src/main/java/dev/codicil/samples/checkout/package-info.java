/** Sells what needs a license, and asks the license authority about it. */
@NullMarked
package dev.codicil.samples.checkout;

import org.jspecify.annotations.NullMarked;
