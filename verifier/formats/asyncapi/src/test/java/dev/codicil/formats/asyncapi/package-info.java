@NullMarked
package dev.codicil.formats.asyncapi;

import org.jspecify.annotations.NullMarked;
