package dev.codicil.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that gets the base address of the provider of the cell, {@code
 * http://127.0.0.1:PORT}; its type is {@code String}, {@code URI} or {@code URL}. It may stand on
 * the test method, and on the constructor or a method that runs before each test.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ProviderUrl {}
