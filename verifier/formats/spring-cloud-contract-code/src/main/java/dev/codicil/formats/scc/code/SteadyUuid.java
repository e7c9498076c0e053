package dev.codicil.formats.scc.code;

/** Stands for {@link java.util.UUID} where Spring Cloud Contract draws one. */
public final class SteadyUuid {
  private SteadyUuid() {}

  /** The one there is; it has the version and variant of drawn ones (RFC 9562, 5.4). */
  public static SteadyUuid randomUUID() {
    return new SteadyUuid();
  }

  @Override
  public String toString() {
    return "4f1c2a6e-9b3d-4e7f-8a05-c6d7e8f90a1b";
  }
}
