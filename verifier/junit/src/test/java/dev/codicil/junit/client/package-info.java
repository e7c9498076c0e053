@NullMarked
package dev.codicil.junit.client;

import org.jspecify.annotations.NullMarked;
