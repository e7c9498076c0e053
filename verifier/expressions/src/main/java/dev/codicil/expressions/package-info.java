/** Statements about JSON values in the Common Expression Language. */
@NullMarked
package dev.codicil.expressions;

import org.jspecify.annotations.NullMarked;
