@NullMarked
package dev.codicil.storm.proxy;

import org.jspecify.annotations.NullMarked;
