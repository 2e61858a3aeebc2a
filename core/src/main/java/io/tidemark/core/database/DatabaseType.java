package io.tidemark.core.database;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column's type in its database.
 *
 * @param name its name in the catalog, such as {@code numeric}, or a domain's base type
 * @param kind what family it is of
 * @param declared the type as the database's DDL writes it, such as {@code numeric(12,2)}
 * @param ofElements the type of an array's elements; null for others
 */
public record DatabaseType(String name, Kind kind, String declared, DatabaseType ofElements)
    implements Serializable {
  private static final Pattern DIGITS = Pattern.compile("\\((\\d+)(?:,\\s*(-?\\d+))?\\)");

  /** Families of types. */
  public enum Kind {
    /** One of PostgreSQL's own. */
    BASE,
    /** An enum of PostgreSQL. */
    ENUM,
    /** An array of PostgreSQL. */
    ARRAY,
    /** One of MariaDB or MySQL. */
    MARIADB,
    /** One of any other database, by the name of its family that {@link StandardTypes} has. */
    STANDARD
  }

  /** A type of PostgreSQL without further words. */
  public static DatabaseType base(String name) {
    return base(name, name);
  }

  /** A type of PostgreSQL. */
  public static DatabaseType base(String name, String declared) {
    return new DatabaseType(name, Kind.BASE, declared, null);
  }

  /** A type of MariaDB or MySQL without further words. */
  public static DatabaseType mariadb(String name) {
    return mariadb(name, name);
  }

  /** A type of MariaDB or MySQL. */
  public static DatabaseType mariadb(String name, String declared) {
    return new DatabaseType(name, Kind.MARIADB, declared, null);
  }

  /** A type of any other database, by the name of its family. */
  public static DatabaseType standard(String family, String declared) {
    return new DatabaseType(family, Kind.STANDARD, declared, null);
  }

  /** An enum of PostgreSQL, by the name with its schema's where it needs that. */
  public static DatabaseType enumeration(String name, String declared) {
    return new DatabaseType(name, Kind.ENUM, declared, null);
  }

  /** An array of PostgreSQL. */
  public static DatabaseType array(DatabaseType element) {
    return new DatabaseType(element.name + "[]", Kind.ARRAY, element.declared + "[]", element);
  }

  /** The type of an array's elements; empty for others. */
  public Optional<DatabaseType> element() {
    return Optional.ofNullable(ofElements);
  }

  /** All digits of a decimal, or the length of a text, if the type says. */
  public OptionalInt precision() {
    Matcher digits = DIGITS.matcher(declared);
    return digits.find() ? OptionalInt.of(Integer.parseInt(digits.group(1))) : OptionalInt.empty();
  }

  /** Digits of a decimal behind the point; 0 if the type says none. */
  public int scale() {
    Matcher digits = DIGITS.matcher(declared);
    return digits.find() && digits.group(2) != null ? Integer.parseInt(digits.group(2)) : 0;
  }

  /** Whether a number of MariaDB has no sign. */
  public boolean isUnsigned() {
    return declared.contains("unsigned");
  }

  /** {@link #declared}. */
  @Override
  public String toString() {
    return declared;
  }
}
