package dev.codicil.samples.authority.partner;

import dev.codicil.samples.authority.AuthoritySettings.Check;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The check that belongs to each setting; none is built before it is needed. */
@Component
public class IdentityChecks {

  private final ObjectProvider<PartnerClient> inline;
  private final ObjectProvider<GuardedPartner> guarded;

  IdentityChecks(ObjectProvider<PartnerClient> inline, ObjectProvider<GuardedPartner> guarded) {
    this.inline = inline;
    this.guarded = guarded;
  }

  /** Returns the check of this setting. */
  public IdentityCheck of(Check setting) {
    return switch (setting) {
      case OFF -> holder -> true;
      case INLINE -> inline.getObject();
      case GUARDED -> guarded.getObject();
    };
  }
}
