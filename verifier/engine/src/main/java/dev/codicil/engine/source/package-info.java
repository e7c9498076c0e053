/** Where contracts and builds come from: folders, files, git revisions. */
@NullMarked
package dev.codicil.engine.source;

import org.jspecify.annotations.NullMarked;
