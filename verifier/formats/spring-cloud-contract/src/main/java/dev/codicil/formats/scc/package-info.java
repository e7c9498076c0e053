/**
 * Spring Cloud Contract: YAML contracts, written in the form of a pact and judged by the same
 * engine.
 */
@NullMarked
package dev.codicil.formats.scc;

import org.jspecify.annotations.NullMarked;
