// @ts-check
/** Habits of this repository that no rule of a library knows, each as patterns of the syntax tree: a plugin of Oxlint, whose
 *  configuration (.oxlintrc.json) says where each holds. */

/**
 * @typedef {{ report: (found: { node: unknown, message: string }) => void }} Context
 * @param {string} message @param {string[]} patterns
 */
function habit(message, ...patterns) {
  /** @param {Context} context */
  function create(context) {
    const found = (/** @type {unknown} */ node) => context.report({ node, message })
    return Object.fromEntries(patterns.map((pattern) => [pattern, found]))
  }
  return { create }
}

export default {
  meta: { name: 'habits' },
  rules: {
    /** Functions are declared, so that a reader and a tool can follow a value through them; a callback of one line may be
     *  an arrow, and so may what takes its type from its name. */
    'declared-functions': habit(
      'Declare it: function name() {}.',
      ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression.init',
      'VariableDeclaration[kind="const"] > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression.init[body.type="BlockStatement"]',
    ),
    /** Not for the playground: it is a program of its own and has no defined(). */
    'undefined-left-out': habit(
      'Leave out what is undefined with defined({ name: value }).',
      ':matches(SpreadElement, ObjectExpression > SpreadElement) > ConditionalExpression:matches([consequent.type="ObjectExpression"][consequent.properties.length=0], [alternate.type="ObjectExpression"][alternate.properties.length=0])',
    ),
    /** Names and looks of secrets are known to src/core/secrecy alone: a second list is one that someone forgets. */
    'secrecy-elsewhere': habit(
      'What is secret, how it looks and how it is covered is said in core/secrecy.',
      'FunctionDeclaration[id.name=/^(isSecret|isCredential|looksSecret|redact|mask[A-Z]|scrub(?!Step))/]',
      'VariableDeclarator[id.name=/^(secret|sensitive)(Names?|Headers?|Fields?|Params?)$/]',
      'Literal[regex.pattern=/eyJ|passw|secret(?!_memory)|api_?\\??_?key|credential|cookie|refresh_token\\|/i]',
    ),
    /** Wire JSON is read by core/text (parseJson, parseObject), stored JSON by core/records/documents. */
    'checked-json': habit(
      'Check it: parseObject of core/text for the wire, core/records/documents for what is stored.',
      'TSAsExpression:not([typeAnnotation.type="TSUnknownKeyword"]) > CallExpression.expression[callee.object.name="JSON"][callee.property.name="parse"]',
    ),
    'no-html-from-strings': habit(
      'No HTML from strings.',
      "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    ),
  },
}
