/**
 * Messages on Kafka: a broker in a process of its own or one that stands, and what a replay does
 * with it. Optional on the class path.
 */
@NullMarked
package dev.codicil.storm.kafka;

import org.jspecify.annotations.NullMarked;
