const alphabet = "bcdfghjklmnpqrstvwxz2456789";

/** Random characters of the kind that Kubernetes makes names of. */
export function randomText(length: number): string {
  const random = crypto.getRandomValues(new Uint32Array(length));
  return Array.from(random, (value) => alphabet.charAt(value % alphabet.length)).join("");
}
