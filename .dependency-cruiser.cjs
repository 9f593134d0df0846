/** Where a file stands says what it may import (ARCHITECTURE.md). Arrows run one way. */
const domainModules = ['oauth', 'jwt', 'http', 'vault', 'diagnosis', 'flow', 'templates', 'checkup']
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'Nothing imports itself round a corner.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'no-orphans',
      'A file that nobody uses.',
      {
        orphan: true,
        path: '^src',
        pathNot:
          '(\\.d\\.ts$|^src/main/index\\.ts$|^src/preload/index\\.ts$|^src/playground/main\\.ts$|\\.css$)',
      },
      {},
    ),
    rule(
      'not-to-unresolvable',
      'A module that is not there.',
      {},
      { couldNotResolve: true, pathNot: '\\.(css|woff2)' },
    ),
    rule(
      'domain-is-pure',
      'The domain imports itself, the contract and pure libraries.',
      { path: '^src/main/domain' },
      {
        path: '^(src/main/(app|adapters|ipc)|src/renderer|src/playground|node_modules/(electron|better-sqlite3|electron-store|undici|@types/node))|^(node:|fs$|path$|crypto$|http$)',
      },
    ),
    ...domainModules.map((own) =>
      rule(
        `domain-${own}-alone`,
        'Domain modules meet in main/app.',
        { path: `^src/main/domain/${own}/` },
        { path: `^src/main/domain/(${domainModules.filter((other) => other !== own).join('|')})/` },
      ),
    ),
    rule(
      'adapters-implement-ports',
      'Adapters know the domain, not the use cases.',
      { path: '^src/main/adapters' },
      { path: '^src/main/(app|ipc|compose)' },
    ),
    rule(
      'app-knows-no-adapter',
      'Use cases are given their adapters.',
      { path: '^src/main/app' },
      { path: '^(src/main/(adapters|ipc)|node_modules/(electron|better-sqlite3|electron-store))' },
    ),
    rule(
      'ipc-knows-no-adapter',
      'IPC files call use cases, nothing else.',
      { path: '^src/main/ipc' },
      { path: '^src/main/(adapters|domain/(?!shared))' },
    ),
    rule(
      'only-router-and-push-know-electron',
      'One place checks the sender.',
      { path: '^src/main/ipc', pathNot: '(router|push)\\.ts$' },
      { path: '^node_modules/electron/' },
    ),
    rule(
      'renderer-knows-contract-only',
      'The page knows the contract.',
      { path: '^src/renderer' },
      { path: '^(src/main|src/playground|src/preload/index|node_modules/electron/)' },
    ),
    rule(
      'ui-is-leaf',
      'Primitives know nothing of features.',
      { path: '^src/renderer/src/(ui|lib)' },
      { path: '^src/renderer/src/(app|features)' },
    ),
    rule(
      'feature-not-to-feature',
      'Features never import each other.',
      { path: '^src/renderer/src/features/([^/]+)/' },
      { path: '^src/renderer/src/features/([^/]+)/', pathNot: '^src/renderer/src/features/$1/' },
    ),
    rule(
      'feature-not-to-app',
      'The shell knows features, not the other way.',
      { path: '^src/renderer/src/features' },
      { path: '^src/renderer/src/app' },
    ),
    rule(
      'contract-is-leaf',
      'The contract imports nothing of ours.',
      { path: '^src/preload/contract' },
      { path: '^src/(?!preload/contract)' },
    ),
    rule(
      'playground-alone',
      'The playground is a program of its own.',
      { path: '^src/playground' },
      { path: '^(src/(?!playground)|node_modules/electron/)' },
    ),
    rule(
      'nobody-imports-playground',
      'It is started, not imported.',
      { path: '^src/(main|preload|renderer)' },
      { path: '^src/playground' },
    ),
    rule('not-to-tests', 'The program does not know its tests.', { path: '^src' }, { path: '^tests' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts', '.css'],
    },
  },
}
