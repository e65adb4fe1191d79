import type * as LaterPart from "./later-part.js";

/**
 * Gives what a page with lists alone has no use for: inputs, outputs, decks, uploads and launches,
 * which stand on literals and signed URLs; walks, waits and bulk verbs; matchable attributes, values of signals.
 *
 * There are two ways, in `together.ts` and in `on-demand.ts`; the build writes into the package.json
 * of each format which of them `#later` is. It is the second for bundlers that split, which are told
 * by the condition that they resolve with: `webpack`, `production` or `development`, as with Vite,
 * webpack and Rspack. For all others it is the first: a bundler that puts all into one file wraps
 * every module that an `import()` reaches, which costs more than it saves. It is one part, since
 * what two of them share would be files of their own.
 *
 * @throws ConnectionError when it cannot be loaded; CanceledError when the signal fires first
 */
export type LoadLater = (call?: {
  readonly signal?: AbortSignal | undefined;
}) => Promise<typeof LaterPart>;
