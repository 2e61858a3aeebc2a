/** Change events: envelope, operation, position and key, without Spark. */
package io.tidemark.core.event;
