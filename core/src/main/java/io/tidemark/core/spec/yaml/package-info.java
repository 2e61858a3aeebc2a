/** YAML text as located values: substituted, secrets marked, every problem with its place. */
package io.tidemark.core.spec.yaml;
