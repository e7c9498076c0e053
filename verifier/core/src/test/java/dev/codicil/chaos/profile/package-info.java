@NullMarked
package dev.codicil.chaos.profile;

import org.jspecify.annotations.NullMarked;
