/** Holds the code to the arrows of docs/architecture.md. */
package io.tidemark.architecture;
