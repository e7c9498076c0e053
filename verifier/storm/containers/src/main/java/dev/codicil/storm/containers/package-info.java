/**
 * Subjects in containers: finds the container engine of this machine as Testcontainers does, and
 * starts, strikes and removes containers on it. Nothing else of the verifier needs it.
 */
@NullMarked
package dev.codicil.storm.containers;

import org.jspecify.annotations.NullMarked;
