/** What every endpoint shares: strict bodies and problem replies. */
@NullMarked
package dev.codicil.samples.checkout.web;

import org.jspecify.annotations.NullMarked;
