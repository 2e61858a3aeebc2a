/** What operators see of quarantine, and decide. */
package io.tidemark.merge.quarantine;
