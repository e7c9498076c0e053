import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.cloud.contract.spec.Contract;

class list implements Supplier<Collection<Contract>> {
  @Override
  public Collection<Contract> get() {
    return List.of(
        Contract.make(
            c -> {
              c.request(
                  r -> {
                    r.method("POST");
                    r.url("/licenses");
                    r.headers(h -> h.header("Content-Type", "application/json"));
                    r.body(r.file("bodies/new.json"));
                    r.bodyMatchers(m -> m.jsonPath("$.plan", m.byRegex("[a-z]+")));
                  });
              c.response(
                  r -> {
                    r.status(201);
                    r.headers(h -> h.header("Content-Type", "application/json"));
                    r.body(
                        Map.of(
                            "id", r.$(r.c("L-2"), r.p(r.regex("L-[0-9]+"))),
                            "seats", r.$(r.c(3), r.p(r.regex("[0-9]+")))));
                  });
            }),
        Contract.make(
            c -> {
              c.name("gone");
              c.request(
                  r -> {
                    r.method(r.DELETE());
                    r.url(
                        r.$(
                            r.consumer(r.regex("/licenses/(?:[A-Z]-[0-9]+)")),
                            r.producer("/licenses/L-9")));
                  });
              c.response(r -> r.status(204));
            }));
  }
}
