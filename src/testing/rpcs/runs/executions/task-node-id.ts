const maxNodeIdChars = 20;
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * The id of the one node of a workflow that is made for a task: the letters,
 * digits and hyphens of the task's name, or a hash of them where they are more
 * than a node id may have.
 */
export function nodeIdOfTask(name: string): string {
  const id = name.replace(/[^\p{L}\p{N}-]/gu, "");
  return new TextEncoder().encode(id).length <= maxNodeIdChars ? id : `f${hashText(id)}`;
}

/** The FNV-1a hash of a text, of 32 bits, in base32. */
function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  let digits = "";
  // 32 bits are six digits of five bits, and one more that holds the last two.
  for (let shift = 27; shift >= 2; shift -= 5) digits += alphabet.charAt((hash >>> shift) & 31);
  return digits + alphabet.charAt((hash << 3) & 31);
}
