/** Names that other libraries have for what an option does, in lower case. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  abortcontroller: ["signal"],
  cursor: ["token"],
  deadline: ["timeoutMs"],
  filter: ["where"],
  filters: ["where"],
  host: ["baseUrl", "endpoint"],
  max: ["limit"],
  metadata: ["headers"],
  parallelism: ["concurrency"],
  retries: ["retry", "maxRetries"],
  sort: ["orderBy"],
  sortby: ["orderBy"],
  url: ["baseUrl", "endpoint"],
};

/** The shortest name that counts as the beginning of another one. */
const shortestStem = 4;

/**
 * Finds the name that was probably meant: the same in other letters, a synonym, a longer or a
 * shorter form, or one with few letters changed.
 */
export function closestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(name);
  const find = (matches: (candidate: string) => boolean) => candidates.find(matches);
  const synonym = Object.hasOwn(synonyms, wanted) ? synonyms[wanted] : undefined;
  return (
    find((candidate) => plain(candidate) === wanted) ??
    find((candidate) => synonym?.includes(candidate) === true) ??
    find((candidate) => isStem(wanted, plain(candidate))) ??
    closestByLetters(wanted, candidates)
  );
}

function closestByLetters(wanted: string, candidates: readonly string[]): string | undefined {
  let closest: string | undefined;
  let least = Math.floor(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, plain(candidate));
    if (distance < least) [closest, least] = [candidate, distance];
  }
  return closest;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

function isStem(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= shortestStem && (long.startsWith(short) || long.endsWith(short));
}

/** The letters to insert, delete or replace to get from one text to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
