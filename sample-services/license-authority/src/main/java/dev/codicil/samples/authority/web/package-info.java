/** What every endpoint shares: strict bodies, problem replies, the token. */
@NullMarked
package dev.codicil.samples.authority.web;

import org.jspecify.annotations.NullMarked;
