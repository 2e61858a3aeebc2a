/** The ways to tell people and programs of an alert. */
package io.tidemark.quality.alert.channel;
