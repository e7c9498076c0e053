package dev.codicil.experiment;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind an edge of a subject.
 *
 * @param name as used in placeholders; a subject of that name when {@code stub} is null
 * @param stub contract file a stub is served from, relative to the project; null for another
 *     subject
 */
public record Upstream(String name, @Nullable String stub) {}
