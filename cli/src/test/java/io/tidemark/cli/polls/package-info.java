/** Polls of real databases, from the database to silver. */
package io.tidemark.cli.polls;
