package dev.codicil.samples.checkout.authority;

/** The authority understood, and said no. Asking again would not help. */
public final class AuthorityRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  AuthorityRefused(int status) {
    super("the authority refused with " + status);
    this.status = status;
  }

  /** Returns the declared status it refused with. */
  public int status() {
    return status;
  }
}
