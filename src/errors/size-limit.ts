/** Whether the text of a RESOURCE_EXHAUSTED is about a size: FlyteAdmin's always is, that of a proxy commonly is about a rate. */
export function saysTooLarge(words: string): boolean {
  return /larger than|too large|size exceeds/.test(words);
}
