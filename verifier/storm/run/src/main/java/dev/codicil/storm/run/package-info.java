/**
 * Runs a plan: subjects as processes, one lane of instances a column, cells one after the other in
 * each lane. The only place with threads and a clock.
 */
@NullMarked
package dev.codicil.storm.run;

import org.jspecify.annotations.NullMarked;
