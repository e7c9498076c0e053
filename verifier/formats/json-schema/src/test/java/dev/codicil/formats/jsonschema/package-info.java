@NullMarked
package dev.codicil.formats.jsonschema;

import org.jspecify.annotations.NullMarked;
