/** A lake whose bronze a test writes by hand, as ingest would. */
package io.tidemark.merge.log;
