import { LiteralError } from "../literals/index.js";

/** JSON that does not fit an interface. */
export class JsonInputError extends LiteralError {
  static override get errorName(): string {
    return "JsonInputError";
  }

  /** The JSON pointer of the value, such as `/config/items/3`, as validators of JSON Schema have it. */
  readonly pointer: string;

  constructor(path: string, pointer: string, problem: string) {
    super(path, problem);
    this.pointer = pointer;
  }
}
