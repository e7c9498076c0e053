/**
 * What every format made of JSON Schema needs: places in documents, references between them, shapes
 * from schemas, and values held to schemas.
 */
@NullMarked
package dev.codicil.formats.jsonschema;

import org.jspecify.annotations.NullMarked;
