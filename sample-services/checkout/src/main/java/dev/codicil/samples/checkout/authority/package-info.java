/** The license authority as checkout sees it. */
@NullMarked
package dev.codicil.samples.checkout.authority;

import org.jspecify.annotations.NullMarked;
