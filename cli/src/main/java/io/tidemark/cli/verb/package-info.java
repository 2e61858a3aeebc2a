/** What verbs have in common: the pipeline that they are told, and how they are grouped. */
package io.tidemark.cli.verb;
