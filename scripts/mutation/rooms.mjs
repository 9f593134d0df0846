// @ts-check
/**
 * The rooms whose tests are tested, the tests that are asked beside the units, and the share of faults that they must
 * find.
 * @type {Record<string, { mutate: string[], tests: string[] }>}
 */
export const rooms = {
  oauth: { mutate: ['src/core/oauth/**/*.ts'], tests: [] },
  jwt: { mutate: ['src/core/jwt/**/*.ts'], tests: [] },
  vault: {
    mutate: ['src/core/vault/**/*.ts'],
    tests: ['tests/integration/vault/{guard-vault,users}.test.ts'],
  },
  secrecy: { mutate: ['src/core/secrecy/**/*.ts'], tests: [] },
  router: { mutate: ['src/main/ipc/{router,within-limits,refuse-while-locked}.ts'], tests: [] },
}

/** In percent. */
export const wanted = 85
