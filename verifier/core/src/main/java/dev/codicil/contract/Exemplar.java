package dev.codicil.contract;

import org.jspecify.annotations.Nullable;

/**
 * A concrete request to replay for an interaction, and what its contract says comes back.
 *
 * @param name from the document, or {@code generated}
 * @param request ready to send
 * @param reply the example reply, for stubs; null when the document gives none
 * @param generated whether the request was made from shapes and seed, not written by the contract's
 *     author
 */
public record Exemplar(
    String name, HttpRequest request, @Nullable HttpReply reply, boolean generated) {}
