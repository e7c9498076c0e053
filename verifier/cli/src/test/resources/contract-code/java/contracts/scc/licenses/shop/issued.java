import java.util.Map;
import java.util.function.Supplier;
import org.springframework.cloud.contract.spec.Contract;

class issued implements Supplier<Contract> {
  @Override
  public Contract get() {
    return Contract.make(
        c -> {
          c.label("issued");
          c.input(i -> i.triggeredBy("issue()"));
          c.outputMessage(
              m -> {
                m.sentTo("licenses.issued");
                m.headers(h -> h.header("kind", "issued"));
                m.body(
                    Map.of("id", m.$(m.consumer("L-1"), m.producer(m.regex("[A-Z]-[0-9]+")))));
              });
        });
  }
}
