package dev.codicil.samples.billing.event;

import org.jspecify.annotations.Nullable;

/** A message that is no license event, and will be none at a second look either. */
final class UnreadableEvent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableEvent(String what, @Nullable Throwable cause) {
    super(what, cause);
  }
}
