package dev.codicil.experiment;

import dev.codicil.contract.HttpRequest;

/**
 * A read-back: how a number the subject reports must change when an operation succeeds once.
 *
 * @param name what reviewers call it
 * @param operation {@code POST /licenses}; path templates allowed
 * @param read safe request that answers with JSON
 * @param pointer where the number stands in that JSON
 * @param change by how much one success changes it
 */
public record EffectCheck(
    String name, String operation, HttpRequest read, String pointer, long change) {}
