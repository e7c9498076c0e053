package dev.codicil.samples.authority;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts the license authority. */
@SpringBootApplication
@EnableConfigurationProperties(AuthoritySettings.class)
public class AuthorityApplication {

  /** Runs the service until it is told to stop. */
  public static void main(String[] args) {
    SpringApplication.run(AuthorityApplication.class, args);
  }
}
