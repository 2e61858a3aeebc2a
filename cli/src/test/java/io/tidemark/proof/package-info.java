/**
 * The proof of rule 1: seeded histories of tables, every way in which they may arrive, a fold in
 * plain Java that says what must come of them, and the product beside it. Nothing but {@link
 * io.tidemark.proof.ProofLake} and {@link io.tidemark.proof.LakeReader} knows the product.
 */
package io.tidemark.proof;
