@NullMarked
package dev.codicil.chaos;

import org.jspecify.annotations.NullMarked;
