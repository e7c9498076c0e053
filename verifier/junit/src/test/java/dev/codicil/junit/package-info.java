@NullMarked
package dev.codicil.junit;

import org.jspecify.annotations.NullMarked;
