package io.tidemark.sandbox.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class need a running sandbox; a parameter of type {@code SandboxAddresses} of a
 * constructor, test or lifecycle method is given where it listens. It is shared by all classes of
 * the test JVM, so tests use tables, topics and connectors with names of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(SandboxExtension.class)
public @interface WithSandbox {
  /** Whether the tests need MariaDB too, which is started with the first class that does. */
  boolean mariadb() default false;

  /** Whether the tests need a schema registry too, started with the first class that does. */
  boolean registry() default false;
}
