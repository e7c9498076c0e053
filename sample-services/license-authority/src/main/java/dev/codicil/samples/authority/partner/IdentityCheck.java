package dev.codicil.samples.authority.partner;

/** Whether somebody vouches for a holder. */
@FunctionalInterface
public interface IdentityCheck {

  /** Tells whether the holder is vouched for. */
  boolean vouchedFor(String holder);
}
