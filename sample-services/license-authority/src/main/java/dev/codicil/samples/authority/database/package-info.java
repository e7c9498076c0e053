/** Where licenses are kept: an embedded PostgreSQL, or an external one. */
@NullMarked
package dev.codicil.samples.authority.database;

import org.jspecify.annotations.NullMarked;
