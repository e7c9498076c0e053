package dev.codicil.junit.client;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import java.io.IOException;

/** How a client really sends a request. */
interface Transport {
  /** Sends it and waits for the whole reply. */
  HttpReply send(HttpRequest request) throws IOException, InterruptedException;
}
