package dev.codicil.samples.billing.bill;

import dev.codicil.samples.billing.BillingSettings;
import dev.codicil.samples.billing.BillingSettings.Truth;
import dev.codicil.samples.billing.event.LicenseEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * All events of all licenses, each once, and the bills that follow from them. A bill is made from
 * the events anew each time, so that it does not matter how often or in which order they came.
 */
@Component
public class BillBook {
  private final Truth truth;
  private final Map<String, Map<String, LicenseEvent>> licenses = new TreeMap<>();

  BillBook(BillingSettings settings) {
    this.truth = settings.truth();
  }

  /** Keeps an event; one that is known already changes nothing. */
  public synchronized void enter(LicenseEvent event) {
    licenses
        .computeIfAbsent(event.license(), license -> new LinkedHashMap<>())
        .putIfAbsent(event.id(), event);
  }

  /** The bills by license. */
  public synchronized Map<String, Bill> bills() {
    Map<String, Bill> bills = new TreeMap<>();
    licenses.forEach((license, events) -> bills.put(license, bill(events)));
    return bills;
  }

  /** Forgets everything. */
  public synchronized void clear() {
    licenses.clear();
  }

  private Bill bill(Map<String, LicenseEvent> known) {
    List<LicenseEvent> events = new ArrayList<>(known.values());
    if (truth == Truth.NEWEST) {
      events.sort(Comparator.comparing(LicenseEvent::at).thenComparing(LicenseEvent::id));
    }
    LicenseEvent last = events.get(events.size() - 1);
    String holder = null;
    String paidUntil = null;
    int charges = 0;
    for (LicenseEvent event : events) {
      holder = event.holder() == null ? holder : event.holder();
      if (event.expiresAt() != null) {
        paidUntil = event.expiresAt().toString();
        charges++;
      }
    }
    String state = last.kind() == LicenseEvent.Kind.REVOKED ? "canceled" : "active";
    return new Bill(state, holder, charges, paidUntil, last.at().toString());
  }
}
