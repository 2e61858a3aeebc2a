/** The sandbox as a JUnit extension: one for all test classes of a test JVM. */
package io.tidemark.sandbox.junit;
