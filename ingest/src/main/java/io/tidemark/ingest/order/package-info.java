/** What order the events do not tell: epochs, timelines, and logs that run backwards. */
package io.tidemark.ingest.order;
