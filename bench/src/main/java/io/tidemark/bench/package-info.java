/** Workloads and measurements, to be run by hand; nothing here is a test. */
package io.tidemark.bench;
