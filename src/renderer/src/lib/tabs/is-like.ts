/** Whether a value that was kept has all members of a form, each of its kind; lists are looked through no further. */
export function isLike<Form>(value: unknown, form: Form): value is Form {
  if (form === undefined) return true
  if (Array.isArray(form) || Array.isArray(value)) return Array.isArray(form) && Array.isArray(value)
  if (typeof form !== 'object' || form === null) return typeof value === typeof form
  if (typeof value !== 'object' || value === null) return false
  const members = new Map<string, unknown>(Object.entries(value))
  return Object.entries(form).every(([name, member]) => isLike(members.get(name), member))
}
