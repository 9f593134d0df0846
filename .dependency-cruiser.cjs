/** Where a file is says what it may import (ARCHITECTURE.md). Arrows run one way. */
/** Modules of the core that know nothing of each other. */
const subjects = [
  'oauth',
  'jwt',
  'http',
  'vault',
  'diagnosis',
  'flow',
  'templates',
  'checkup',
  'network',
  'collections',
  'bodies',
  'checks',
  'search',
]
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-cycles', 'Nothing imports itself round a corner.', {}, { circular: true }),
    rule(
      'no-orphans',
      'A file that nobody uses.',
      {
        orphan: true,
        path: '^src',
        pathNot:
          '(\\.d\\.ts$|^src/main/index\\.ts$|^src/preload/index\\.ts$|^src/playground/(main|standalone)\\.ts$|\\.css$)',
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
      'core-is-pure',
      'The core imports itself and pure libraries: no Node, no Electron, no face.',
      { path: '^src/core' },
      {
        path: '^(src/(?!core/)|node_modules/(electron|better-sqlite3|electron-store|undici|@types/node)/)|^(node:|fs$|path$|crypto$|http$)',
      },
    ),
    ...subjects.map((own) =>
      rule(
        `core-${own}-alone`,
        'The modules of the core meet in core/app.',
        { path: `^src/core/${own}/` },
        { path: `^src/core/(app|${subjects.filter((other) => other !== own).join('|')})/` },
      ),
    ),
    rule(
      'ground-floor',
      'What several modules need knows none of them.',
      { path: '^src/core/(records|text)/' },
      {
        path: '^src/core/(app|flow|oauth|jwt|http|vault|diagnosis|templates|checkup|network|collections|bodies|checks|search)/',
      },
    ),
    rule(
      'secrecy-is-ground',
      'What is secret is known to every module, and knows none.',
      { path: '^src/core/secrecy/' },
      { path: '^src/(?!core/(secrecy|contract)/)' },
    ),
    rule(
      'contract-is-leaf',
      'The vocabulary of all faces imports nothing of ours.',
      { path: '^src/core/contract' },
      { path: '^src/(?!core/contract)' },
    ),
    rule(
      'node-implements-ports',
      'Adapters know the core, not its use cases, and no Electron.',
      { path: '^src/node' },
      { path: '^src/(core/app|main|preload|renderer|playground)|^node_modules/electron/' },
    ),
    rule(
      'ipc-knows-no-adapter',
      'IPC files call use cases, nothing else.',
      { path: '^src/main/ipc' },
      { path: '^src/(node|main/(?!ipc)|core/(?!app|contract|records|text))' },
    ),
    rule(
      'only-router-and-push-know-electron',
      'One place checks the sender.',
      { path: '^src/main/ipc', pathNot: '(router|push)\\.ts$' },
      { path: '^node_modules/electron/' },
    ),
    rule(
      'calls-know-the-contract',
      'The table of calls is made of the vocabulary.',
      { path: '^src/preload' },
      { path: '^src/(?!preload|core/contract)' },
    ),
    rule(
      'renderer-knows-contract-only',
      'The page knows the contract.',
      { path: '^src/renderer' },
      { path: '^(src/(main|node|playground|core/(?!contract/)|preload/(?!calls/))|node_modules/electron/)' },
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
      'playground-alone',
      'The playground is a program of its own.',
      { path: '^src/playground' },
      { path: '^(src/(?!playground)|node_modules/electron/)' },
    ),
    rule(
      'nobody-imports-playground',
      'It is started, not imported.',
      { path: '^src/(core|node|main|preload|renderer)' },
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
