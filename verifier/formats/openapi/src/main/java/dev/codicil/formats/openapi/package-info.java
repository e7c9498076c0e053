/** Reads OpenAPI 3.0 and 3.1 documents, and judges replies by their schemas. */
@NullMarked
package dev.codicil.formats.openapi;

import org.jspecify.annotations.NullMarked;
