import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.cloud.contract.spec.Contract;

class find implements Supplier<Contract> {
  @Override
  public Contract get() {
    return Contract.make(
        c -> {
          c.description("A license that is there.");
          c.priority(1);
          c.request(
              r -> {
                r.method(r.GET());
                r.urlPath(
                    r.$(
                        r.consumer(r.regex("/licenses/[A-Z]-[0-9]+")),
                        r.producer("/licenses/L-1")),
                    u ->
                        u.queryParameters(
                            q -> {
                              q.parameter("fields", "id,state");
                              q.parameter(
                                  "limit",
                                  r.$(
                                      r.consumer(r.matching("[0-9]+")),
                                      r.producer(r.equalTo("10"))));
                              q.parameter("debug", r.absent());
                            }));
                r.headers(
                    h -> {
                      h.accept(h.applicationJson());
                      h.header(
                          "X-Trace",
                          r.$(r.consumer(r.regex("[a-f0-9]{4}")), r.producer("beef")));
                    });
                r.cookies(k -> k.cookie("session", "abc"));
              });
          c.response(
              r -> {
                r.status(r.OK());
                r.headers(
                    h -> {
                      h.header("Content-Type", "application/json");
                      h.header("ETag", r.$(r.consumer("\"1\""), r.producer(r.regex("\"[0-9]+\""))));
                    });
                r.body(
                    Map.of(
                        "id", r.$(r.consumer("L-1"), r.producer(r.regex("[A-Z]-[0-9]+"))),
                        "state", r.$(r.c("ACTIVE"), r.p(r.anyOf("ACTIVE", "EXPIRED"))),
                        "seats", 5,
                        "owner",
                            Map.of(
                                "name", r.value(r.consumer("Ada"), r.producer(r.nonBlank())),
                                "two words", true),
                        "tags", List.of("a", "b"),
                        "history",
                            List.of(
                                Map.of("at", r.$(r.c("2026-01-01"), r.p(r.isoDate()))),
                                Map.of("at", r.$(r.c("2026-02-01"), r.p(r.isoDate())))),
                        "checked", r.$(r.c("x"), r.p(r.execute("isChecked($it)")))));
                r.bodyMatchers(
                    m -> {
                      m.jsonPath("$.seats", m.byType());
                      m.jsonPath(
                          "$.tags",
                          m.byType(
                              v -> {
                                v.minOccurrence(1);
                                v.maxOccurrence(9);
                              }));
                    });
              });
        });
  }
}
