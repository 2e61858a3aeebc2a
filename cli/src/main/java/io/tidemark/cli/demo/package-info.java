/** A real stack to try things on, and the demo on it: a shop, changed, killed and compared. */
package io.tidemark.cli.demo;
