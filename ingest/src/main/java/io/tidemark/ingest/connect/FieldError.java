package io.tidemark.ingest.connect;

/**
 * What a connector has against one of its settings.
 *
 * @param field the setting's key
 * @param message what is wrong, in the connector's words, without the values of secrets
 */
public record FieldError(String field, String message) {}
