package dev.codicil.junit.client;

import dev.codicil.contract.HttpReply;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets.
 *
 * @param reply the reply; as far as it came when it breaks off
 * @param end how it breaks off behind that; null when it is whole
 */
record Outcome(HttpReply reply, @Nullable Broken end) {}
