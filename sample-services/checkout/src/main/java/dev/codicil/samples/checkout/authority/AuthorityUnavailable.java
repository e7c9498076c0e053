package dev.codicil.samples.checkout.authority;

import org.jspecify.annotations.Nullable;

/** No answer in time, or none that can be trusted. */
public final class AuthorityUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AuthorityUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
