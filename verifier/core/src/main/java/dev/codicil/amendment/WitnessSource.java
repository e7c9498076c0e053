package dev.codicil.amendment;

import java.util.List;

/** Makes messages that show changes. Asked worst change first, once a change. */
@FunctionalInterface
public interface WitnessSource {
  /** Shows nothing. */
  WitnessSource NONE = Site::change;

  /** The change with a witness, with the reason why it has none, or as it is. */
  Change show(Site site);

  /** The changes of all sites, in their order. */
  default List<Change> showAll(List<Site> sites) {
    return sites.stream().map(this::show).toList();
  }
}
