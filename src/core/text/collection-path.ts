/** Whether a path can be that of a file in a collection: YAML, below no hidden folder nor one of packages, and with no name
 *  that leads elsewhere. */
export function isFilePath(path: string): boolean {
  if (path.length > 1_024 || !/\.ya?ml$/.test(path)) return false
  const parts = path.split('/')
  return parts.length <= deepest && parts.every(isPlainName)
}

/** As deep as folders are listed. */
const deepest = 20

function isPlainName(part: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are named by their codes
  return part !== '' && part !== 'node_modules' && !/^\.|[\\:*?"<>|\u0000-\u001f]/.test(part)
}
