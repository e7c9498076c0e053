package dev.codicil.amendment;

/** Makes messages that show changes. Asked worst change first, once a change. */
@FunctionalInterface
public interface WitnessSource {
  /** Shows nothing. */
  WitnessSource NONE = Site::change;

  /** The change with a witness, with the reason why it has none, or as it is. */
  Change show(Site site);
}
