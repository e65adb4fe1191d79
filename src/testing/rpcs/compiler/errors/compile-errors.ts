/** One mistake that the compiler found. */
export interface CompileError {
  readonly code: string;
  readonly nodeId: string;
  readonly description: string;
}

/** The mistakes found so far. The same mistake found twice is printed once. */
export class CompileErrors {
  readonly #byText = new Map<string, CompileError>();
  #found = 0;

  collect(error: CompileError): void {
    this.#byText.set(errorText(error), error);
    this.#found += 1;
  }

  get isEmpty(): boolean {
    return this.#found === 0;
  }

  /** Starts a check. The function that is returned reports whether the check has found nothing so far. */
  startCheck(): () => boolean {
    const before = this.#found;
    return () => this.#found === before;
  }

  /** The list as FlyteAdmin prints it: by code, then by text. */
  toString(): string {
    const lines = [...this.#byText]
      .map(([text, { code }]) => ({ text, code }))
      .sort((a, b) => compare(a.code, b.code) || compare(a.text, b.text))
      .map(({ text }, index) => `\tError ${index}: ${text}\n`);
    return `Collected Errors: ${lines.length}\n${lines.join("")}`;
  }
}

/** A workflow that does not compile. The message is the compiler's list of mistakes. */
export class CompileFailure extends Error {
  override readonly name = "CompileFailure";
}

function errorText({ code, nodeId, description }: CompileError): string {
  return `Code: ${code}, Node Id: ${nodeId}, Description: ${description}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
