// @ts-check
/** The rooms whose tests are tested, and the share of faults that these must find. */
export const rooms = {
  oauth: ['src/core/oauth/**/*.ts'],
  jwt: ['src/core/jwt/**/*.ts'],
  vault: ['src/core/vault/**/*.ts'],
  secrecy: ['src/core/secrecy/**/*.ts'],
  router: ['src/main/ipc/{router,within-limits,refuse-while-locked}.ts'],
}

/** In percent. */
export const wanted = 85
