/**
 * A client of a Pact Broker: reads pacts and publishes verification results, by the links of its
 * HAL API. All that can be trusted of a broker is bounded here: time, bytes, pages and hosts.
 */
@NullMarked
package dev.codicil.pactbroker;

import org.jspecify.annotations.NullMarked;
