/** The demo: a shop on the real stack, changed, killed and compared. */
package io.tidemark.cli.demo;
