/** Orders and purchases. */
@NullMarked
package dev.codicil.samples.checkout.order;

import org.jspecify.annotations.NullMarked;
