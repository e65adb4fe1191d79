/**
 * The comments of a .proto file, in order. Lines that follow one another, the
 * comment above a declaration and the one behind it make one text. `prose`
 * names options whose strings count as comments too.
 */
export function commentsIn(source: string, prose: readonly string[] = []): string[] {
  const comments: string[] = [];
  let current: string[] = [];
  for (const { code, comment } of splitLines(source)) {
    if (comment !== undefined) current.push(comment);
    for (const text of proseIn(code, prose)) comments.push(text);
    if (code.trim() !== "" && current.length > 0) {
      comments.push(current.join(" "));
      current = [];
    }
  }
  if (current.length > 0) comments.push(current.join(" "));
  return comments;
}

/** Words without case, punctuation and line breaks; `node_id` is two of them. */
function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Returns the runs of `length` words of a text are in one of the `originals`. */
export function copyFinder(
  originals: readonly string[],
  length: number,
): (text: string) => string[] {
  const runs = new Set(originals.flatMap((text) => runsIn(text, length)));
  return (text) => runsIn(text, length).filter((run) => runs.has(run));
}

function runsIn(text: string, length: number): string[] {
  const words = wordsIn(text);
  return words
    .slice(0, Math.max(0, words.length - length + 1))
    .map((_word, start) => words.slice(start, start + length).join(" "));
}

interface Line {
  readonly code: string;
  readonly comment: string | undefined;
}

/** A line is its code and its comment; a block comment is a comment on each of its lines. */
function splitLines(source: string): Line[] {
  let inBlock = false;
  return source.split("\n").map((line) => {
    let code = "";
    let comment: string | undefined;
    for (const [part] of line.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\/.*|\/\*|\*\/|./g)) {
      if (inBlock) {
        if (part === "*/") inBlock = false;
        // What looks like a string or a comment inside a block may hide its end.
        else if (part.includes("*/")) {
          inBlock = false;
          comment = (comment ?? "") + part.slice(0, part.indexOf("*/"));
        } else comment = (comment ?? "") + part;
      } else if (part === "/*") inBlock = true;
      else if (part.startsWith("//")) comment = (comment ?? "") + part.slice(2);
      else code += part;
    }
    return { code, comment };
  });
}

function proseIn(code: string, options: readonly string[]): string[] {
  return options.flatMap((option) =>
    Array.from(
      code.matchAll(new RegExp(`\\b${option}\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)"`, "g")),
      ([, text = ""]) => text,
    ),
  );
}
