/** Bronze to silver, silver to gold: the jobs that keep tables equal to what has landed. */
package io.tidemark.merge;
