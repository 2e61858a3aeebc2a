/** What runs in the sandbox's own JVM: PostgreSQL, a Kafka broker and Connect with Debezium. */
package io.tidemark.sandbox.server;
