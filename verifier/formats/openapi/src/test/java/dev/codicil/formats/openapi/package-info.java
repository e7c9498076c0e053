@NullMarked
package dev.codicil.formats.openapi;

import org.jspecify.annotations.NullMarked;
