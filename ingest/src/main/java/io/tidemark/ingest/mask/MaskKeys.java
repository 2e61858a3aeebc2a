package io.tidemark.ingest.mask;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The masking keys of a pipeline.
 *
 * <p>Each purpose has a key of its own, derived from the secret, so that nothing that one purpose
 * shows tells about another. Immutable and safe to share; never prints a secret.
 */
public final class MaskKeys implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int CHECK_BYTES = 16;

  /** No keys. */
  public static final MaskKeys NONE = new MaskKeys(Map.of());

  /** What a key is used for; the words are part of the derivation and never change. */
  enum Purpose {
    HASH("tidemark hash 1"),
    TOKEN("tidemark token 1"),
    SEAL("tidemark seal 1"),
    CHECK("tidemark check 1");

    private final String label;

    Purpose(String label) {
      this.label = label;
    }
  }

  private final LinkedHashMap<String, String> secrets;

  /**
   * Keys.
   *
   * @param secrets secret by the key's id, the oldest first
   */
  public MaskKeys(Map<String, String> secrets) {
    this.secrets = new LinkedHashMap<>(secrets);
  }

  /** The ids, the oldest first. */
  public Set<String> ids() {
    return Set.copyOf(secrets.keySet());
  }

  boolean has(String id) {
    return secrets.containsKey(id);
  }

  /** The id of the newest key. */
  String current() {
    List<String> ids = new ArrayList<>(secrets.keySet());
    if (ids.isEmpty()) {
      throw new IllegalStateException("Cannot mask: there is no masking key");
    }
    return ids.get(ids.size() - 1);
  }

  byte[] derived(String id, Purpose purpose) {
    String secret = secrets.get(id);
    if (secret == null) {
      throw new IllegalStateException("Cannot mask: there is no masking key '" + id + "'");
    }
    return new Hmac(secret.getBytes(StandardCharsets.UTF_8)).of(purpose.label);
  }

  /**
   * A text by key id that tells, when it is compared later, whether the secret is still the same,
   * and does not give it away.
   */
  public Map<String, String> checks() {
    Map<String, String> checks = new TreeMap<>();
    for (String id : secrets.keySet()) {
      byte[] check = new byte[CHECK_BYTES];
      System.arraycopy(derived(id, Purpose.CHECK), 0, check, 0, CHECK_BYTES);
      checks.put(id, Base64.getUrlEncoder().withoutPadding().encodeToString(check));
    }
    return checks;
  }

  /** The ids. */
  @Override
  public String toString() {
    return secrets.keySet().toString();
  }
}
