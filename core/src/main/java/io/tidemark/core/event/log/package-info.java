/** A change's place in its source's log, one type for each connector. Pure. */
package io.tidemark.core.event.log;
