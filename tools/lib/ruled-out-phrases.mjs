/**
 * A phrase that texts of this project avoid.
 * @typedef {object} RuledOutPhrase
 * @property {RegExp} pattern a space in it also matches a line break of a comment or a paragraph
 * @property {string} instead the better wording
 * @property {"docstring"} [only] where the phrase is ruled out; everywhere when absent
 */

/** @type {readonly RuledOutPhrase[]} */
export const ruledOutPhrases = [
  {
    pattern: /^What\b/,
    only: "docstring",
    instead: "begin with a verb (Lists, Returns) or a noun",
  },
  { pattern: /\btells\b/i, instead: "says, reports, shows, returns" },
  { pattern: /\btelling\b/i, instead: "saying, reporting, showing" },
  { pattern: /\btold\b/i, instead: "reported, given, passed, known" },
  { pattern: /\bstands?\b(?! (?:for|in for)\b)/i, instead: "is, appears, is listed, remains" },
  {
    pattern: /\b(?:gives|gave)\b(?! (?:up|way)\b)/i,
    instead: "returns, yields, passes, sends",
  },
  { pattern: /\bafresh\b/i, instead: "again, from the start" },
  { pattern: /\banew\b/i, instead: "again" },
  { pattern: /\b(?:go|goes|going|gone|went) on\b/i, instead: "continues, resumes, happens" },
  { pattern: /\blet(?:s|ting)? (?:\w+ )?go\b/i, instead: "closes, releases, cancels" },
  { pattern: /\bin passing\b/i, instead: "transiently" },
  { pattern: /\bmade up for\b/i, instead: "retried, recovered" },
  { pattern: /\bnone that can\b/i, instead: "invalid, unsupported" },
  {
    pattern:
      /\b(?:option|one|value|name|id|argument|query)s? that (?:can|may|must)(?:not| not|not be| not be|not be it)\b(?= ?(?:[.,;:)"'`]|$))/i,
    instead: "invalid",
  },
  { pattern: /\b(?:that|which) cannot be(?=[.,;:)"'`]|$)/i, instead: "invalid, impossible" },
  { pattern: /\bno such\b/i, instead: "not found, unknown, does not exist" },
  { pattern: /\bsome other\b/i, instead: "another, an unrelated" },
  { pattern: /\bdoors?\b/i, instead: "entry point" },
  { pattern: /\bways? out\b/i, instead: "escape hatch" },
  { pattern: /\btakes? (?:it|them) not\b/i, instead: "refuses, does not accept" },
  {
    pattern: /\bis no (?:name|kind|value|number|date|phase|id|url|text|list|object) of\b/i,
    instead: "is not a …",
  },
  { pattern: /\bmust be an? text\b|\bas an? text\b/i, instead: "must be a string" },
  {
    pattern: /\b(?:what|which) became of\b|\bwhat (?:came|comes|becomes) of\b/i,
    instead: "the result of",
  },
  { pattern: /\bfrom anywhere that\b/i, instead: "from any runtime that" },
];

/**
 * Texts of FlyteAdmin, of its libraries and of operating systems, which the in-memory server and the tests repeat.
 * @type {readonly RegExp[]}
 */
export const quotedTexts = [
  /no such host/gi,
  /no such file or directory/gi,
  /no such key/gi,
  /NoSuchKey/g,
];

/** Folders and files that hold other projects' texts only. @type {readonly RegExp[]} */
export const quotedPaths = [
  /^test\/recordings\//,
  /^gen\//,
  /^protos\//,
  /^etc\//,
  /^docs\/bench\//,
];
