@NullMarked
package dev.codicil.contract;

import org.jspecify.annotations.NullMarked;
