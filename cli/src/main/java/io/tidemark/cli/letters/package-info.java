/** What becomes of records that could not be decoded. */
package io.tidemark.cli.letters;
