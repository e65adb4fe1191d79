/** The progress of a list, a transfer or a bulk verb, as its `onProgress` receives it. */
export interface Progress {
  /** The rows of a list, bytes of a transfer or items of a bulk verb that are done. */
  readonly done: number;
  /** The whole number of them, where it is known. */
  readonly total: number | undefined;
}
