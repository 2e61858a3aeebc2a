/** Errors for people, and the exit codes they become. */
package io.tidemark.core.error;
