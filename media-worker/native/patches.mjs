/**
 * Texts of the worker's sources that are replaced before it is built on Debian. Each must be found exactly once: a new
 * mediasoup version that words it otherwise stops the build, so that nobody runs a worker without a patch it needs.
 * @type {{ file: string, find: string, replace: string, reason: string }[]}
 */
export const patches = [
  {
    file: 'meson.build',
    find: "meson_version: '>= 1.1.0'",
    replace: "meson_version: '>= 1.0.0'",
    reason: 'Debian 12 has meson 1.0.1, which builds the worker as well.',
  },
  {
    file: 'src/RTC/DtlsTransport.cpp',
    find: '(operationType == BIO_CB_RETURN) ? static_cast<long>(ret) : 1',
    replace: '((operationType & BIO_CB_RETURN) != 0) ? static_cast<long>(ret) : 1',
    reason:
      "This BIO callback answers 1 to every control. Debian's OpenSSL knows kernel TLS and asks for it by a control; told " +
      'yes, it leaves its write buffer NULL and crashes in the first DTLS handshake.',
  },
];
