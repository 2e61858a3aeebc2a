package io.tidemark.ingest.decode;

/**
 * An event that a transform took out of its envelope, put back into one: the change is then decoded
 * like every other.
 *
 * @param key the key, or null to take the record's own
 * @param value the envelope, with a schema block of it if the event had one
 */
record Envelope(MessageParser.Message key, MessageParser.Message value) {}
