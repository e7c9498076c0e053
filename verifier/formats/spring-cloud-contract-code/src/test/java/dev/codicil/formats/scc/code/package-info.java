@NullMarked
package dev.codicil.formats.scc.code;

import org.jspecify.annotations.NullMarked;
