package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.ScalarType;
import io.tidemark.core.spec.yaml.FileLookup;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Files with certificates that a server's certificate may be signed by. */
final class CertificatesFile {
  private CertificatesFile() {}

  static ScalarType<FileLookup.Found> type() {
    return PipelineTypes.file("file of certificates", "the path of a file", "certificates as PEM")
        .restricted("with certificates as PEM", CertificatesFile::requireCertificates);
  }

  private static void requireCertificates(FileLookup.Found file) throws InvalidValue {
    String remedy = "name a file that has '-----BEGIN CERTIFICATE-----' in it";
    byte[] text = file.text().getBytes(StandardCharsets.UTF_8);
    try {
      if (CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(text))
          .isEmpty()) {
        throw new InvalidValue("has no certificate in it", remedy);
      }
    } catch (CertificateException e) {
      throw new InvalidValue("has no certificates that can be read", remedy);
    }
  }
}
