/** The selection in a run: a node, or an attempt of it. */
export interface Selection {
  readonly node: string;
  readonly attempt?: number | undefined;
}
