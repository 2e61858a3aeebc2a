/** JSON that programs read: output of verbs, details of run records, messages. */
package io.tidemark.core.json;
