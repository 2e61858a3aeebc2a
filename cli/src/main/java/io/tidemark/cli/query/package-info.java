/** What a lake has: the schemas of its tables, and their rows. */
package io.tidemark.cli.query;
