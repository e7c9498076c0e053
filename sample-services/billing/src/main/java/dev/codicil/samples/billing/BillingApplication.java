package dev.codicil.samples.billing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts billing. */
@SpringBootApplication
@EnableConfigurationProperties(BillingSettings.class)
public class BillingApplication {

  /** Runs the service until it is told to stop. */
  public static void main(String[] args) {
    SpringApplication.run(BillingApplication.class, args);
  }
}
