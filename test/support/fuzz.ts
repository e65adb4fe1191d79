const { FAULT_SEED, FAULT_ROUNDS } = process.env;

/**
 * Parameters of fast-check for tests that throw odd input at a program: short in `npm test`, and as long and with the
 * seed that `npm run test:faults` says.
 */
export function fuzz(usualRuns: number): { readonly numRuns: number; readonly seed?: number } {
  if (FAULT_SEED === undefined) return { numRuns: usualRuns };
  return {
    numRuns: usualRuns * Math.ceil(Number(FAULT_ROUNDS ?? "40") / 20),
    seed: Number(FAULT_SEED),
  };
}
