/** Watches a run for what somebody is to know; shows what is not as it should be. */
package io.tidemark.cli.alert;
