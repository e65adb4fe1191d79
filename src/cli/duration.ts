const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

function isUnit(text: string): text is keyof typeof unitMs {
  return Object.hasOwn(unitMs, text);
}

/** The form of a duration, for errors and help. */
export const durationForm = "a duration such as 90s, 1h30m, 500ms or 2d";

/** Reads a duration such as `90s` or `1h30m`, in milliseconds; `undefined` for another text. */
export function parseDurationMs(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?[a-z]+)+$/.test(text)) return undefined;
  let totalMs = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(/([\d.]+)([a-z]+)/g)) {
    if (!isUnit(unit)) return undefined;
    totalMs += Number(amount) * unitMs[unit];
  }
  return totalMs;
}

/** Writes a duration for people, in the units of {@link parseDurationMs}: `350ms`, `12.3s`, `4m 5s`, `1d 2h`. */
export function formatDurationMs(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1).replace(/\.0$/, "")}s`;
  const seconds = Math.round(ms / 1000);
  const units: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ];
  const first = units.findIndex(([amount]) => amount > 0);
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join(" ");
}
