/** The whole path on the real stack, with processes that are really killed. */
package io.tidemark.cli.e2e;
