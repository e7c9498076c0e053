/** Bills for licenses, made of what the license authority tells. */
@NullMarked
package dev.codicil.samples.billing;

import org.jspecify.annotations.NullMarked;
