/** Tests of the connectors' positions. */
package io.tidemark.core.event.log;
