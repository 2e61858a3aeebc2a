package io.tidemark.ingest.protobuf;

import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.ingest.decode.RejectedRecordException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types of a schema and of those it imports, by full name. */
final class ProtoFiles {
  private final Map<String, Declared> types = new HashMap<>();
  private final String mainPackage;
  private final List<TypeElement> mainTypes;

  /**
   * A type where it is declared.
   *
   * @param name its full name
   * @param proto3 whether its file says so
   */
  record Declared(String name, TypeElement element, boolean proto3) {}

  ProtoFiles(String text, List<String> references) {
    references.forEach(this::add);
    ProtoFileElement main = add(text);
    this.mainPackage = main.getPackageName();
    this.mainTypes = main.getTypes();
  }

  private ProtoFileElement add(String text) {
    try {
      ProtoFileElement file = ProtoParser.Companion.parse(Location.get("schema.proto"), text);
      boolean proto3 = file.getSyntax() != null && file.getSyntax().toString().equals("proto3");
      String scope = file.getPackageName() == null ? "" : file.getPackageName() + ".";
      file.getTypes().forEach(type -> add(scope, type, proto3));
      return file;
    } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw unusable("the registry's schema is no Protobuf schema: " + e.getMessage());
    }
  }

  private void add(String scope, TypeElement type, boolean proto3) {
    String name = scope + type.getName();
    types.put(name, new Declared(name, type, proto3));
    type.getNestedTypes().forEach(nested -> add(name + ".", nested, proto3));
  }

  /**
   * The message that a list of indexes names: the first one is an index of the file's types, each
   * further one of the types nested in the one before (Confluent documentation: wire format).
   */
  Declared message(List<Integer> indexes) {
    StringBuilder name = new StringBuilder(mainPackage == null ? "" : mainPackage);
    List<? extends TypeElement> level = mainTypes;
    for (int index : indexes) {
      List<? extends TypeElement> messages = level.stream().filter(ProtoTypes::isMessage).toList();
      if (index < 0 || index >= messages.size()) {
        throw WireInput.mismatch("there is no message with the indexes " + indexes);
      }
      name.append(name.isEmpty() ? "" : ".").append(messages.get(index).getName());
      level = messages.get(index).getNestedTypes();
    }
    return types.get(name.toString());
  }

  /** A type by the name that a field gives it: looked for from the innermost scope outwards. */
  Declared resolve(String name, String scope) {
    if (name.startsWith(".")) {
      return known(name.substring(1), types.get(name.substring(1)));
    }
    for (String within = scope; !within.isEmpty(); within = outer(within)) {
      Declared found = types.get(within + "." + name);
      if (found != null) {
        return found;
      }
    }
    return known(name, types.get(name));
  }

  private static String outer(String scope) {
    int dot = scope.lastIndexOf('.');
    return dot < 0 ? "" : scope.substring(0, dot);
  }

  private static Declared known(String name, Declared found) {
    if (found == null) {
      throw unusable("the schema names the type '" + name + "', which it does not have");
    }
    return found;
  }

  static RejectedRecordException unusable(String problem) {
    return new RejectedRecordException(null, DeadLetterReason.BAD_SCHEMA, problem);
  }
}
