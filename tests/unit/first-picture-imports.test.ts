import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const folders = { '@contract': 'src/core/contract', '@calls': 'src/preload/calls' }

/** Modules that are loaded with this one: of the project by path, of others by name. Types and `import()` are not. */
const loadedWith = (file: string, found = new Set<string>()): Set<string> => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const visit = (specifier: string): void => {
    const [, alias, name] = /^(@contract|@calls)\/(.*?)(?:\.ts)?$/.exec(specifier) ?? []
    const path =
      alias !== undefined
        ? join(root, folders[alias as keyof typeof folders], `${name}.ts`)
        : specifier.startsWith('.')
          ? resolve(dirname(file), specifier)
          : undefined
    const known = path === undefined ? specifier : relative(root, path)
    if (found.has(known)) return
    found.add(known)
    if (path !== undefined) {
      expect(existsSync(path), `${file} imports ${specifier}`).toBe(true)
      loadedWith(path, found)
    }
  }
  for (const statement of source.statements) {
    const isImport =
      ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword
    const isExport = ts.isExportDeclaration(statement) && !statement.isTypeOnly
    if (!isImport && !isExport) continue
    const { moduleSpecifier } = statement
    if (moduleSpecifier && ts.isStringLiteral(moduleSpecifier)) visit(moduleSpecifier.text)
  }
  return found
}

const libraries = (names: Set<string>): string[] =>
  [...names].filter((name) => !name.startsWith('src/') && !name.startsWith('node:')).sort()

it('loads one library for the first picture: the database', () => {
  const frame = loadedWith(join(root, 'src/main/index.ts'))
  const first = loadedWith(join(root, 'src/main/compose-first.ts'))
  expect(libraries(frame)).toEqual(['electron'])
  expect(libraries(first)).toEqual(['better-sqlite3', 'electron'])
})

it('keeps schemas, protocol and network out of it', () => {
  const first = loadedWith(join(root, 'src/main/compose-first.ts'))
  const heavy = [...first].filter((name) =>
    /^src\/(core\/(jwt|flow|diagnosis|templates|checkup)\/|core\/contract\/(?!defined|result|words|tables)|preload\/calls\/(?!channels)|node\/net\/|main\/compose\.ts)/.test(
      name,
    ),
  )
  expect(first).toContain('src/core/app/desk/first-picture.ts')
  expect(heavy).toEqual([])
})
