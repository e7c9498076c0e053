@NullMarked
package dev.codicil.chaos.fault;

import org.jspecify.annotations.NullMarked;
