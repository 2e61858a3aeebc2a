package io.tidemark.core.database;

import io.tidemark.core.error.Errors;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ServiceLoader;

/** The JDBC drivers on the class path. */
final class Drivers {
  private Drivers() {}

  /**
   * The driver that knows an address.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is none
   */
  static Driver of(String url) {
    try {
      return DriverManager.getDriver(url);
    } catch (SQLException none) {
      return added(url);
    }
  }

  /** Jars that spark-submit adds have a class loader of their own, which the manager overlooks. */
  private static Driver added(String url) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
      try {
        if (driver.acceptsURL(url)) {
          return driver;
        }
      } catch (SQLException e) {
        continue; // It does not know the address.
      }
    }
    String kind = url.split(":", 3)[1];
    throw Errors.configuration(
        "Cannot connect to %s: no JDBC driver on the class path knows addresses 'jdbc:%s:'"
            .formatted(url, kind),
        "Add the driver's jar: TIDEMARK_CLASSPATH=/path/to/driver.jar tidemark ..., or"
            + " spark-submit --jars /path/to/driver.jar");
  }
}
