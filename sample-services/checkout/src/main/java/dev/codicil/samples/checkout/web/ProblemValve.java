package dev.codicil.samples.checkout.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Tomcat's own refusals, made before any controller could answer, as problems too. */
public final class ProblemValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int code = response.getStatus();
    if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    HttpStatus status = HttpStatus.resolve(code);
    String title = status == null ? "Error" : status.getReasonPhrase();
    try {
      response.setContentType("application/problem+json");
      response.setCharacterEncoding("utf-8");
      response.getReporter().write("{\"title\":\"%s\",\"status\":%d}".formatted(title, code));
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      container.getLogger().debug("the caller has gone", e);
    }
  }
}
