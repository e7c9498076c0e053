/** Reads AsyncAPI 2 and 3 documents. */
@NullMarked
package dev.codicil.formats.asyncapi;

import org.jspecify.annotations.NullMarked;
