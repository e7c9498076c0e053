package dev.codicil.chaos.fault;

import dev.codicil.chaos.Stream;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The directions of a card; the first one is its default. */
final class Streams {
  static final Set<Stream> REPLIES_AND_REQUESTS = inOrder(Stream.DOWNSTREAM, Stream.UPSTREAM);
  static final Set<Stream> REQUESTS_AND_REPLIES = inOrder(Stream.UPSTREAM, Stream.DOWNSTREAM);
  static final Set<Stream> REPLIES = Set.of(Stream.DOWNSTREAM);
  static final Set<Stream> REQUESTS = Set.of(Stream.UPSTREAM);

  private Streams() {}

  private static Set<Stream> inOrder(Stream... streams) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(streams)));
  }
}
