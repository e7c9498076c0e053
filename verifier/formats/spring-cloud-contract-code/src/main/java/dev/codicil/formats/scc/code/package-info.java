/**
 * The forked side: runs Spring Cloud Contracts that are programs, and writes what they describe in
 * the vocabulary of the YAML form. Alone in its process, with its libraries; sees nothing of the
 * verifier.
 */
@NullMarked
package dev.codicil.formats.scc.code;

import org.jspecify.annotations.NullMarked;
