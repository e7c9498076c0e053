package dev.codicil.formats.scc;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.codicil.formats.pact.Notes;
import dev.codicil.formats.pact.Spot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes the parts of a multipart request as the bytes to send. */
final class MultipartBody {
  private static final String BOUNDARY = "codicil-part-boundary-7f3a91";
  static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private final SiblingFiles files;
  private final Notes notes;

  MultipartBody(SiblingFiles files, Notes notes) {
    this.files = files;
    this.notes = notes;
  }

  WrittenBody read(Spot spot) {
    Keys.check(spot.object(), notes, "params", "named");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (spot.child("params").present()) {
      spot.child("params")
          .fields()
          .forEach((name, value) -> part(out, quoted("name", name, value), "", bytes(value)));
    }
    if (spot.child("named").present()) {
      spot.child("named").items().forEach(named -> named(out, named));
    }
    text(out, "--" + BOUNDARY + "--\r\n");
    return new WrittenBody(
        TextNode.valueOf(Base64.getEncoder().encodeToString(out.toByteArray())),
        false,
        true,
        CONTENT_TYPE,
        spot);
  }

  private void named(ByteArrayOutputStream out, Spot spot) {
    Keys.check(
        spot.object(),
        notes,
        "paramName",
        "fileName",
        "fileContent",
        "fileContentAsBytes",
        "fileContentFromFileAsBytes",
        "contentType",
        "fileNameCommand",
        "fileContentCommand",
        "contentTypeCommand");
    Spot name = spot.child("paramName");
    String head = quoted("name", name.visibleText(), name);
    Spot file = spot.child("fileName");
    if (file.present()) {
      head += "; " + quoted("filename", file.scalarText(), file);
    }
    Spot type = spot.child("contentType");
    part(out, head, type.present() ? line(type.scalarText(), type) : "", content(spot));
  }

  private byte[] content(Spot spot) {
    for (String key : new String[] {"fileContent", "fileContentAsBytes"}) {
      if (spot.child(key).present()) {
        return bytes(spot.child(key));
      }
    }
    Spot file = spot.child("fileContentFromFileAsBytes");
    if (file.present()) {
      return files.read(file);
    }
    throw spot.fail(
        "a part must have fileContent, fileContentAsBytes or fileContentFromFileAsBytes");
  }

  private static byte[] bytes(Spot spot) {
    return spot.scalarText().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String key, String value, Spot spot) {
    return key + "=\"" + line(value, spot).replace("\"", "%22") + "\"";
  }

  private static String line(String text, Spot spot) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw spot.fail("control characters cannot stand in the head of a part");
    }
    return text;
  }

  private static void part(
      ByteArrayOutputStream out, String disposition, String type, byte[] content) {
    text(out, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n");
    if (!type.isEmpty()) {
      text(out, "Content-Type: " + type + "\r\n");
    }
    text(out, "\r\n");
    out.writeBytes(content);
    text(out, "\r\n");
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
