/** Chaos profiles: reading them with located errors, their JSON Schema, and the built-in ones. */
@NullMarked
package dev.codicil.chaos.profile;

import org.jspecify.annotations.NullMarked;
