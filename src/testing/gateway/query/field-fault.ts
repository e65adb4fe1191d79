/** A value that a field cannot take, with the text of the server's parser. */
export class FieldFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FieldFault";
  }

  /** The same fault with a prefix, as errors are wrapped on their way up. */
  within(prefix: string): FieldFault {
    return new FieldFault(`${prefix}: ${this.message}`);
  }
}

/** Runs a parser and puts a prefix before its fault. */
export function within<T>(prefix: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof FieldFault ? error.within(prefix) : error;
  }
}
