package dev.codicil.chaos;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request and its reply as they pass an edge, as a fault sees them.
 *
 * @param edge id of the edge
 * @param name who sent it: value of the replayer's exchange header, or empty for a subject's own
 *     calls
 * @param call 0-based number of the exchange on this edge within the cell
 * @param stream which message is asked about
 * @param request the request; its body is there only when the fault's card asks for bodies
 * @param reply the reply; null while the request is asked about
 */
public record Exchange(
    String edge,
    String name,
    int call,
    Stream stream,
    HttpRequest request,
    @Nullable HttpReply reply) {}
