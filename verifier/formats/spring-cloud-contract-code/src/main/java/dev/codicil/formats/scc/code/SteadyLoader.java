package dev.codicil.formats.scc.code;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the contracts' libraries, with Spring Cloud Contract's draws at random replaced by {@link
 * SteadyRandom}: the example that {@code anyUuid()} or {@code $(regex('...'))} stands for would
 * otherwise differ between two runs, and so between the two sides of an amendment.
 *
 * <p>It renames {@code java.util.Random} in the constant pools of the library's classes (Java
 * Virtual Machine Specification, 4.4), where it is only ever made without a seed.
 */
final class SteadyLoader extends URLClassLoader {
  private static final String RANDOM = "java/util/Random";
  private static final String STEADY = SteadyRandom.class.getName().replace('.', '/');

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int METHOD_HANDLE = 15;

  SteadyLoader(URL[] libraries) {
    super("contracts", libraries, ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    boolean draws =
        name.startsWith("org.springframework.cloud.contract.spec.")
            || name.startsWith("repackaged.nl.flotsam.xeger.");
    URL resource = draws ? findResource(name.replace('.', '/') + ".class") : null;
    if (resource == null) {
      return super.findClass(name);
    }
    try (InputStream in = resource.openStream()) {
      byte[] bytes = steady(in.readAllBytes());
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  /** The same class, drawing from {@link SteadyRandom}. */
  static byte[] steady(byte[] type) throws IOException {
    DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(type));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(type.length + STEADY.length());
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(in.readLong()); // magic number and version
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        String text = in.readUTF();
        out.writeUTF(text.equals(RANDOM) ? STEADY : text);
      } else {
        out.write(in.readNBytes(size(tag)));
      }
      if (tag == LONG || tag == DOUBLE) {
        i++; // they take two entries
      }
    }
    out.write(in.readAllBytes());
    return bytes.toByteArray();
  }

  /** Bytes of a constant of this kind. */
  private static int size(int tag) {
    return switch (tag) {
      case LONG, DOUBLE -> 8;
      case 7, 8, 16, 19, 20 -> 2; // class, string, method type, module, package
      case METHOD_HANDLE -> 3;
      default -> 4;
    };
  }
}
