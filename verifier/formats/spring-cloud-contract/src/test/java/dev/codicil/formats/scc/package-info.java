@NullMarked
package dev.codicil.formats.scc;

import org.jspecify.annotations.NullMarked;
