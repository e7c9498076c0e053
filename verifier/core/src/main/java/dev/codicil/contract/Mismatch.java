package dev.codicil.contract;

/**
 * One way in which an actual message does not honor an interaction.
 *
 * @param path where: {@code status}, {@code header:NAME}, {@code body} or {@code body} followed by
 *     a JSON pointer, such as {@code body/validUntil}
 * @param expected what the contract asks for, short and readable
 * @param actual what was there, short and readable
 */
public record Mismatch(String path, String expected, String actual) {}
