/** Servers for tests that somebody is told something by HTTP. */
package io.tidemark.core.http;
