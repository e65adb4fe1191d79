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

/** A terminal on standard output: in a pipe, progress is left out and only its end is written. */
export function standardTerminal(out: NodeJS.WriteStream): Terminal {
  const live = out.isTTY;
  const bold = (text: string): string =>
    live && out.hasColors() ? `\u001b[1m${text}\u001b[22m` : text;
  const clear = live ? "\r\u001b[K" : "";
  return {
    line: (text = "") => void out.write(`${text}\n`),
    heading: (text) => void out.write(`\n${bold(text)}\n`),
    progress: (text) => {
      if (live) out.write(`${clear}${text}`);
    },
    done: (text) => void out.write(`${clear}${text}\n`),
  };
}
