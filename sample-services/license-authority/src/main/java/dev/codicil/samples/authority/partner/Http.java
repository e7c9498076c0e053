package dev.codicil.samples.authority.partner;

import java.net.http.HttpClient;

/** The HTTP client to the partner, told to do nothing of its own accord. */
final class Http {

  static {
    // One attempt in the code is one attempt on the wire: no silent repeats, no aged connections.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
  }

  private Http() {}

  static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }
}
