/** Pages for people, in HTML and Markdown, in which text cannot become markup. No Spark in it. */
package io.tidemark.quality.page;
