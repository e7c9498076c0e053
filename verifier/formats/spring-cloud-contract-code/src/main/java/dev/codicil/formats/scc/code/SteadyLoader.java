package dev.codicil.formats.scc.code;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;

/**
 * Loads the contracts' libraries, with what Spring Cloud Contract draws at random replaced: the
 * example that {@code anyUuid()} or {@code $(regex('...'))} stands for would otherwise differ
 * between two runs, and so between the two sides of an amendment.
 *
 * <p>It renames the classes that are drawn from in the constant pools of the library's classes
 * (Java Virtual Machine Specification, 4.4), in names and descriptors alike.
 */
final class SteadyLoader extends URLClassLoader {
  /** Draws single values; all others draw the characters of one. */
  private static final String DRAWS_VALUES =
      "org.springframework.cloud.contract.spec.internal.PatternValueDslProperty";

  private static final String RANDOM = "java/util/Random";

  private static final Map<String, Class<?>> REPLACED =
      Map.of(
          RANDOM,
          SteadyRandom.class,
          "java/util/UUID",
          SteadyUuid.class,
          "org/apache/commons/lang3/RandomStringUtils",
          SteadyStrings.class);

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
      byte[] bytes = steady(in.readAllBytes(), name.equals(DRAWS_VALUES));
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  /**
   * The same class, without chance.
   *
   * @param values whether it draws single values, each of which shall be independent of the others
   */
  private static byte[] steady(byte[] type, boolean values) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(type));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(type.length + 256);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(in.readLong()); // magic number and version
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        out.writeUTF(renamed(in.readUTF(), values));
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

  private static String renamed(String constant, boolean values) {
    String renamed = constant;
    for (Map.Entry<String, Class<?>> entry : REPLACED.entrySet()) {
      String name = entry.getKey();
      Class<?> type = values && name.equals(RANDOM) ? SteadyDraws.class : entry.getValue();
      String steady = type.getName().replace('.', '/');
      renamed =
          renamed.equals(name) ? steady : renamed.replace("L" + name + ";", "L" + steady + ";");
    }
    return renamed;
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
