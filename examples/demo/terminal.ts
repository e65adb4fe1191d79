/** Writes to the terminal, or to whatever is in its place. */
export interface Terminal {
  /** Writes a line. */
  line(text?: string): void;
  /** Writes a heading. */
  heading(text: string): void;
  /** Shows how far something has come, over what was shown before where the terminal can do that. */
  progress(text: string): void;
  /** Ends the progress line with its last state. */
  done(text: string): void;
}

const colors: Readonly<Record<string, number>> = {
  FAILED: 31,
  ABORTED: 33,
  RUNNING: 36,
  SUCCEEDED: 32,
};

/** Colors the names of phases. */
function withColors(text: string): string {
  return text.replace(
    /\b(?:FAILED|ABORTED|RUNNING|SUCCEEDED)\b/g,
    (phase) => `\u001b[${colors[phase] ?? 0}m${phase}\u001b[39m`,
  );
}

/** A terminal on standard output: in a pipe, progress is left out and only its end is written. */
export function standardTerminal(out: NodeJS.WriteStream): Terminal {
  const live = out.isTTY;
  const hasColors = live && out.hasColors();
  const bold = (text: string): string => (hasColors ? `\u001b[1m${text}\u001b[22m` : text);
  const clear = live ? "\r\u001b[K" : "";
  return {
    line: (text = "") => void out.write(`${hasColors ? withColors(text) : text}\n`),
    heading: (text) => void out.write(`\n${bold(text)}\n`),
    progress: (text) => {
      if (live) out.write(`${clear}${text}`);
    },
    done: (text) => void out.write(`${clear}${text}\n`),
  };
}
