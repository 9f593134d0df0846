// Made for tests alone by openssl; valid from 2026-11-27 to 2036-11-24 and 2046.

/** O=Example, CN=signer, of the key below; signed by the next. */
export const leafCertificate = [
  'MIIBQTCB6AIUFrpwMj1xECBz+vR7sy3b9RPcMUMwCgYIKoZIzj0EAwIwJDEQMA4GA1UECgwHRXhhbXBsZTEQMA4GA1UEAwwHVGVz',
  'dCBDQTAeFw0yNjExMjcxNTI5MTNaFw0zNjExMjQxNTI5MTNaMCMxEDAOBgNVBAoMB0V4YW1wbGUxDzANBgNVBAMMBnNpZ25lcjBZ',
  'MBMGByqGSM49AgEGCCqGSM49AwEHA0IABCDUiO6bupdN9UUqkFnzt6iZHvuSgFowTzMwV9I117vQt7ehGjM9q6sKJm77CTb7Ox9L',
  'WI3Dfc4GBc67RFNK03swCgYIKoZIzj0EAwIDSAAwRQIhAPHjQtislhCrUV9XZ9B7S8gIDUfzjyzcG7sbc510cCCVAiBzuZhRdNg9',
  't1salfTbNq3yOshiKapv/zVjcsNSCHAS7w==',
].join('')

/** O=Example, CN=Test CA, signed by itself. */
export const authorityCertificate = [
  'MIIBnjCCAUOgAwIBAgIUcsXwyymF1jlljb8cOVdIDKd5WjAwCgYIKoZIzj0EAwIwJDEQMA4GA1UECgwHRXhhbXBsZTEQMA4GA1UE',
  'AwwHVGVzdCBDQTAeFw0yNjExMjcxNTI5MTJaFw00NjExMjIxNTI5MTJaMCQxEDAOBgNVBAoMB0V4YW1wbGUxEDAOBgNVBAMMB1Rl',
  'c3QgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATLJg2mgsjiAAq+G1DggMVyI4rQp/7VagKyY36UPr7Fh4pFYw0UtBSY8C9f',
  'kQikXvYoVYunFW9/VgFubnXKfvvMo1MwUTAdBgNVHQ4EFgQUaCXJTPRuGrrEZrm7UZtcYRamnw8wHwYDVR0jBBgwFoAUaCXJTPRu',
  'GrrEZrm7UZtcYRamnw8wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA9P5zwx23ycoRPlU3zfgyOoLCmGVC2nZI',
  'GrSvnP0BND0CIQCv7nUqQnubWAIGesVOtIh/6sBcCHaiIQp4PUd0UqU/gw==',
].join('')

/** What signs as the first. */
export const leafKey = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIAx5wCPuQoBKJkvDQ10OGXhZWqX8YxUM3tsBEcn4oYbroAoGCCqGSM49
AwEHoUQDQgAEINSI7pu6l031RSqQWfO3qJke+5KAWjBPMzBX0jXXu9C3t6EaMz2r
qwombvsJNvs7H0tYjcN9zgYFzrtEU0rTew==
-----END EC PRIVATE KEY-----`
