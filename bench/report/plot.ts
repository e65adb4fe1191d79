import type { Result } from "./results.js";

const width = 720;
const height = 400;
const margin = { left: 70, right: 250, top: 30, bottom: 50 };
const colours = ["#8c8c8c", "#c98a1b", "#2f7d5b", "#2459a6"];

/** A plot of the rates of some contenders by delay, as SVG, with logarithmic rates. */
export function plot(results: readonly Result[], names: readonly string[]): string {
  const shown = results.filter(({ name }) => names.includes(name));
  const delays = [...new Set(shown.map(({ delayMs }) => delayMs))];
  const longest = Math.max(...delays, 1);
  const top = Math.ceil(Math.log10(Math.max(...shown.map(({ perSecond }) => perSecond))));
  const bottom = Math.floor(Math.log10(Math.min(...shown.map(({ perSecond }) => perSecond))));
  const x = (delayMs: number): number =>
    margin.left + (delayMs / longest) * (width - margin.left - margin.right);
  const y = (rate: number): number =>
    height -
    margin.bottom -
    ((Math.log10(rate) - bottom) / (top - bottom)) * (height - margin.top - margin.bottom);
  const grid = Array.from({ length: top - bottom + 1 }, (_, power) => 10 ** (bottom + power));
  const lines = names.map((name, index) => {
    const points = shown.filter((one) => one.name === name);
    const colour = colours[index % colours.length] ?? "black";
    const last = points.at(-1);
    const path = points.map((one) => `${x(one.delayMs)},${y(one.perSecond).toFixed(1)}`).join(" ");
    const label = last
      ? `<text x="${x(last.delayMs) + 8}" y="${(y(last.perSecond) + 4).toFixed(1)}" fill="${colour}">${name}</text>`
      : "";
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${label}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text x="${margin.left}" y="18">Items a second by added round trip</text>`,
    ...grid.map(
      (rate) =>
        `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(rate).toFixed(1)}" y2="${y(rate).toFixed(1)}" stroke="#ddd"/><text x="${margin.left - 8}" y="${(y(rate) + 4).toFixed(1)}" text-anchor="end">${rate.toLocaleString("en")}</text>`,
    ),
    ...delays.map(
      (delayMs) =>
        `<text x="${x(delayMs)}" y="${height - margin.bottom + 20}" text-anchor="middle">${delayMs} ms</text>`,
    ),
    ...lines,
    "</svg>",
    "",
  ].join("\n");
}
