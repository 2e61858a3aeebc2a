/** Source to bronze: the job that lands every change of the source, once. */
package io.tidemark.ingest;
