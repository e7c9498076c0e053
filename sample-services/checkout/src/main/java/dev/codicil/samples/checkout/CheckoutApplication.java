package dev.codicil.samples.checkout;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts checkout. */
@SpringBootApplication
@EnableConfigurationProperties(CheckoutSettings.class)
public class CheckoutApplication {

  /** Runs the service until it is told to stop. */
  public static void main(String[] args) {
    SpringApplication.run(CheckoutApplication.class, args);
  }
}
