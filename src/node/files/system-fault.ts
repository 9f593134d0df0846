/** Why the system refused something with a file, by the code of the error: what Node says is for programmers. Part of a
 *  sentence; the code itself is left where nothing more is known. */
export function systemFault(error: unknown): string {
  const code = systemCode(error)
  return faults.get(code) ?? (code === '' ? 'for an unknown reason' : code)
}

/** The code of an error; empty where it has none. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code.slice(0, 60)
    : ''
}

/** What is not a file, but a folder, a device or a pipe. */
export function noFile(): Error {
  return Object.assign(new Error('it is not a file'), { code: 'ENOFILE' })
}

const notAllowed = 'permission denied'
const gone = 'it does not exist'
const full = 'the disk is full'

/** errno (POSIX), as Node names it on every system, and one of ours. */
const faults = new Map([
  ['ENOFILE', 'it is not a file'],
  ['EACCES', notAllowed],
  ['EPERM', notAllowed],
  ['ENOENT', gone],
  ['ENXIO', gone],
  ['ENODEV', gone],
  ['ENOSPC', full],
  ['EDQUOT', 'your disk quota is used up'],
  ['EFBIG', 'it is too large for this disk'],
  ['EROFS', 'this disk is read-only'],
  ['EIO', 'the disk reported an error'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['EINVAL', 'this disk does not support this name or request'],
  ['ELOOP', 'its links lead in a circle'],
  ['EBUSY', 'another program is using it'],
  ['ETXTBSY', 'another program is using it'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['ENOMEM', 'there was not enough memory'],
  ['ESTALE', 'the network drive is gone'],
  ['ETIMEDOUT', 'the network drive did not respond'],
  ['EHOSTDOWN', 'the network drive did not respond'],
  ['ENOTCONN', 'the network drive is gone'],
])
