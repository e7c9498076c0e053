/**
 * Consumers as code: a test of a consumer becomes the 2 x 2 experiments of the interactions it
 * uses, each cell a test of its own.
 */
@NullMarked
package dev.codicil.junit;

import org.jspecify.annotations.NullMarked;
