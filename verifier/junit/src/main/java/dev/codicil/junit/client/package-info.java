/** Faults performed in process, for clients that are tested without a proxy. */
@NullMarked
package dev.codicil.junit.client;

import org.jspecify.annotations.NullMarked;
