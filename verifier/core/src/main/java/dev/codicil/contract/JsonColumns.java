package dev.codicil.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Columns in characters, as editors count them, for tokens whose columns are known in bytes. Tokens
 * are asked about in the order of the document, so that each byte is looked at once.
 */
final class JsonColumns {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final byte[] bytes;
  private final int start;
  private final boolean ascii;
  private int line = -1;
  private int at;
  private int surplus;

  /**
   * @param bytes valid UTF-8
   * @param characters how many characters they are
   */
  JsonColumns(byte[] bytes, long characters) {
    this.bytes = bytes;
    this.start = start(bytes);
    this.ascii = characters == bytes.length;
  }

  /** Where the text begins, after a byte order mark. */
  static int start(byte[] bytes) {
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (i >= bytes.length || bytes[i] != BYTE_ORDER_MARK[i]) {
        return 0;
      }
    }
    return BYTE_ORDER_MARK.length;
  }

  JsonParser parser() throws IOException {
    return Json.mapper().createParser(bytes, start, bytes.length - start);
  }

  /** The column of a token, from 1. */
  int of(JsonLocation token) {
    int column = token.getColumnNr();
    if (ascii) {
      return column;
    }
    int end = start + (int) token.getByteOffset();
    if (token.getLineNr() != line || end < at) {
      line = token.getLineNr();
      at = end - (column - 1);
      surplus = 0;
    }
    for (; at < end; at++) {
      int unsigned = bytes[at] & 0xff;
      if (unsigned >= 0xF0) {
        surplus--; // four bytes, and two characters
      } else if (unsigned >= 0x80 && unsigned < 0xC0) {
        surplus++;
      }
    }
    return column - surplus;
  }
}
