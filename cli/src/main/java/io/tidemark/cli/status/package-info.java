/** How the tables of a pipeline are: how fresh, how far behind, and why they stand still. */
package io.tidemark.cli.status;
