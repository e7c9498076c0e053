package dev.codicil.chaos;

/** Which way bytes flow on an edge; the names are Toxiproxy's. */
public enum Stream {
  /** From client to server: requests. */
  UPSTREAM,
  /** From server to client: replies. */
  DOWNSTREAM
}
