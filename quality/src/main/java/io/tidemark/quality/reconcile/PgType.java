package io.tidemark.quality.reconcile;

import java.util.Optional;

/**
 * A source's type as far as the form of its texts depends on it.
 *
 * @param name its name in the catalog, such as {@code numeric}, or a domain's base type
 * @param kind what family it is of
 * @param element the type of an array's elements
 */
record PgType(String name, Kind kind, Optional<PgType> element) {
  /** Families of types. */
  enum Kind {
    BASE,
    ENUM,
    ARRAY,
    /** One of MariaDB or MySQL. */
    MARIADB
  }

  static PgType base(String name) {
    return new PgType(name, Kind.BASE, Optional.empty());
  }

  static PgType mariadb(String name) {
    return new PgType(name, Kind.MARIADB, Optional.empty());
  }

  static PgType enumeration(String name) {
    return new PgType(name, Kind.ENUM, Optional.empty());
  }

  static PgType array(PgType element) {
    return new PgType(element.name + "[]", Kind.ARRAY, Optional.of(element));
  }

  @Override
  public String toString() {
    return name;
  }
}
