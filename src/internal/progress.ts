/** How far something has come: what each `onProgress` of a list, a transfer or a bulk verb is called with. */
export interface Progress {
  /** What is done so far: rows of a list, bytes of a transfer, items of a bulk verb. */
  readonly done: number;
  /** All there is, where that is known. */
  readonly total: number | undefined;
}
