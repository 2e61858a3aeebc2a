/**
 * Starts, finds and stops the sandbox, which runs in a JVM of its own; needs nothing but the JDK.
 */
package io.tidemark.sandbox;
