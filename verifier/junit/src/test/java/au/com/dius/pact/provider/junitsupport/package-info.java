/** A double of the one annotation of Pact JVM that is looked for by its name. */
@NullMarked
package au.com.dius.pact.provider.junitsupport;

import org.jspecify.annotations.NullMarked;
