/** What a look at a table's rows told: of each column, and what may hold of it. No Spark in it. */
package io.tidemark.quality.profile;
