import js from '@eslint/js'
import globals from 'globals'
import hooks from 'eslint-plugin-react-hooks'
import regexp from 'eslint-plugin-regexp'
import ts from 'typescript-eslint'

const restrictImports = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

const namedExports = [{ selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }]

/** Functions are declared, so that a reader and a tool can follow a value through them; a callback of one line may be
 *  an arrow, and so may what takes its type from its name. */
const declaredFunctions = [
  {
    selector:
      ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression.init',
    message: 'Declare it: function name() {}.',
  },
  {
    selector:
      'VariableDeclaration[kind="const"] > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression.init[body.type="BlockStatement"]',
    message: 'Declare it: function name() {}.',
  },
]

/** Not for the playground: it is a program of its own and has no defined(). */
const undefinedLeftOut = [
  {
    selector:
      ':matches(SpreadElement, ObjectExpression > SpreadElement) > ConditionalExpression:matches([consequent.type="ObjectExpression"][consequent.properties.length=0], [alternate.type="ObjectExpression"][alternate.properties.length=0])',
    message: 'Leave out what is undefined with defined({ name: value }).',
  },
]

/** Names and looks of secrets are known to src/core/secrecy alone: a second list is one that someone forgets. */
const secrecyElsewhere = [
  {
    selector:
      'FunctionDeclaration[id.name=/^(isSecret|isCredential|looksSecret|redact|mask[A-Z]|scrub(?!Step))/]',
    message: 'What is secret, and how it is covered, is said in core/secrecy.',
  },
  {
    selector: 'VariableDeclarator[id.name=/^(secret|sensitive)(Names?|Headers?|Fields?|Params?)$/]',
    message: 'Names of secrets are in core/secrecy/names.ts.',
  },
  {
    selector:
      'Literal[regex.pattern=/eyJ|passw|secret(?!_memory)|api_?\\??_?key|credential|cookie|refresh_token\\|/i]',
    message: 'Looks and names of secrets are in core/secrecy.',
  },
]

/** Wire JSON is read by core/text (parseJson, parseObject), stored JSON by core/records/documents. */
const checkedJson = [
  {
    selector:
      'TSAsExpression:not([typeAnnotation.type="TSUnknownKeyword"]) > CallExpression.expression[callee.object.name="JSON"][callee.property.name="parse"]',
    message: 'Check it: parseObject of core/text for the wire, core/records/documents for what is stored.',
  },
]

const everywhere = [...namedExports, ...declaredFunctions, ...checkedJson]

/** The arrows between the folders are held by dependency-cruiser (.dependency-cruiser.cjs); here is
 *  what is about names, not folders: who may touch ipcMain, ipcRenderer, safeStorage, window.bridge. Rules that need
 *  types are Oxlint's (.oxlintrc.json): a verdict here depends on its own file alone, and can be kept. */
export default ts.config(
  { ignores: ['node_modules', 'out', 'dist', 'test-results', 'coverage', '.cache'] },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'no-eval': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', ...namedExports],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, ...undefinedLeftOut, ...secrecyElsewhere],
    },
  },
  {
    files: ['src/playground/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...namedExports, ...declaredFunctions, ...secrecyElsewhere],
    },
  },
  {
    files: ['src/core/secrecy/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...undefinedLeftOut] },
  },
  {
    files: ['src/main/**/*.ts'],
    ignores: ['src/main/ipc/router.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'electron', importNames: ['ipcMain'], message: 'Only ipc/router.ts talks to ipcMain.' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      ...restrictImports([
        {
          group: ['electron', 'electron/*', 'node:*', 'better-sqlite3'],
          message: 'The core is pure: take keys, time and fetch as arguments.',
        },
      ]),
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'process', 'Buffer'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
        { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
      ],
    },
  },
  {
    // A pattern that goes over a text more than once lets someone outside stop the program with a long one.
    files: ['src/**/*.{ts,tsx}'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: true }],
    },
  },
  // Globals are declared with `var`: that is what makes them members of globalThis.
  { files: ['**/*.d.ts'], rules: { 'no-var': 'off' } },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    languageOptions: { globals: globals.browser },
    rules: {
      ...hooks.configs.recommended.rules,
      // Advice for the React Compiler, which is not used.
      'react-hooks/incompatible-library': 'off',
      // Schemas would bring zod into the page: 110 KB before the first picture.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@contract/(?!(defined|result|words|tables/[a-z-]+)(\\.ts)?$)',
              allowTypeImports: true,
              message:
                'The page takes types from the contract; values are in contract/words.ts and contract/tables.',
            },
            {
              regex: '^@calls/',
              allowTypeImports: true,
              message: 'The page takes types from the table of calls.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        ...everywhere,
        ...undefinedLeftOut,
        ...secrecyElsewhere,
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'No HTML from strings.' },
      ],
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    ignores: ['src/renderer/src/lib/bridge.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'window', property: 'bridge', message: 'Only lib/bridge.ts reads window.bridge.' },
      ],
    },
  },
  {
    files: [
      'scripts/**',
      'docs/examples/**',
      '*.config.*',
      '.dependency-cruiser.cjs',
      'src/playground/program.ts',
    ],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' },
  },
)
