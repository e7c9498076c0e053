import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.cloud.contract.spec.Contract;

class upload implements Supplier<Collection<Contract>> {
  @Override
  public Collection<Contract> get() {
    return List.of(
        Contract.make(
            c -> {
              c.name("upload");
              c.priority(2);
              c.request(
                  r -> {
                    r.method(r.PUT());
                    r.url(
                        "/licenses/L-1/scan",
                        u ->
                            u.queryParameters(
                                q ->
                                    q.parameter(
                                        "force",
                                        r.$(r.c(r.matching("true|false")), r.p("true")))));
                    r.headers(
                        h ->
                            h.header(
                                "Content-Type",
                                r.$(
                                    r.c(r.regex("multipart/form-data;boundary=[a-z]+")),
                                    r.p("multipart/form-data;boundary=b"))));
                    r.cookies(
                        k -> {
                          k.cookie("session", r.$(r.c(r.regex("[a-z]+")), r.p("abc")));
                          k.cookie("locale", r.$(r.c(r.regex("en|de")), r.p("en")));
                        });
                    Map<String, Object> parts = new LinkedHashMap<>();
                    parts.put("comment", "signed");
                    parts.put(
                        "scan",
                        r.named(
                            r.$(r.c(r.regex(r.nonEmpty())), r.p("scan.pdf")),
                            r.$(r.c(r.regex(r.nonEmpty())), r.p("page")),
                            r.$("application/pdf")));
                    parts.put(
                        "plan",
                        r.named(r.$("new.json"), r.$(r.fileAsBytes("bodies/new.json"))));
                    r.multipart(parts);
                  });
              c.response(
                  r -> {
                    r.status(r.UNPROCESSABLE_ENTITY());
                    r.fixedDelayMilliseconds(5);
                    r.headers(h -> h.header("Content-Type", "text/plain"));
                    r.body(
                        r.$(
                            r.c("page 1 is not signed"),
                            r.p(r.regex("page [0-9]+ is not signed"))));
                  });
            }),
        Contract.make(
            c -> {
              c.name("later");
              c.ignored();
              c.request(
                  r -> {
                    r.method(r.GET());
                    r.url("/later");
                  });
              c.response(r -> r.status(r.OK()));
            }),
        Contract.make(
            c -> {
              c.name("soon");
              c.inProgress();
              c.request(
                  r -> {
                    r.method(r.GET());
                    r.url("/soon");
                  });
              c.response(
                  r -> {
                    r.status(r.OK());
                    r.async();
                    r.body(List.of(Map.of("id", 1, "note", "")));
                  });
            }));
  }
}
