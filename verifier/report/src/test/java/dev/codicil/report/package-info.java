@NullMarked
package dev.codicil.report;

import org.jspecify.annotations.NullMarked;
