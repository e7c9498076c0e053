/** A Kafka broker in a process of its own. Nothing of the verifier sees this package. */
@NullMarked
package dev.codicil.storm.kafka.broker;

import org.jspecify.annotations.NullMarked;
