/** Settings declared once: from one declaration come parsing, error texts and printing. */
package io.tidemark.core.spec.setting;
