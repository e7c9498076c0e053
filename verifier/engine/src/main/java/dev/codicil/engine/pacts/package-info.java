/** Pacts of a Pact Broker: read as contracts, and told what became of them. */
@NullMarked
package dev.codicil.engine.pacts;

import org.jspecify.annotations.NullMarked;
