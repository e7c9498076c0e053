package dev.codicil.samples.checkout.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An answer in the negative (RFC 9457). */
public final class Problem extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  private Problem(HttpStatus status, String detail) {
    super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }

  /** The request is not what the contract asks for. */
  public static Problem badRequest(String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, detail);
  }

  /** The license does not cover this. */
  public static Problem paymentRequired(String detail) {
    return new Problem(HttpStatus.PAYMENT_REQUIRED, detail);
  }

  /** There is no such thing. */
  public static Problem notFound(String detail) {
    return new Problem(HttpStatus.NOT_FOUND, detail);
  }

  /** The request is well formed, but a value in it cannot be. */
  public static Problem unprocessable(String detail) {
    return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, detail);
  }

  /** Not now. */
  public static Problem unavailable(String detail) {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, detail);
  }
}
