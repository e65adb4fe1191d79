import { describe, expect, test } from "@jest/globals";

import { findInText, formatFinding } from "../../tools/lib/style-check.mjs";

function phrases(path: string, content: string): string[] {
  return findInText(path, content).map(({ line, phrase }) => `${String(line)}: ${phrase}`);
}

describe("the check for ruled-out phrases", () => {
  test("reads comments, strings and template literals of a program, not its code", () => {
    const program = [
      "// It tells the row.",
      "const told = 1;",
      'const plain = "no such row";',
      "const template = `${told} stands here`;",
      "import { doors } from './doors.js';",
    ].join("\n");
    expect(phrases("src/a.ts", program)).toEqual(["1: tells", "3: no such", "4: stands"]);
  });

  test("finds a phrase that is split over two lines", () => {
    expect(phrases("src/a.ts", "/**\n * The walk goes\n * on.\n */\nf();")).toEqual(["2: goes on"]);
    expect(phrases("src/a.ts", "// There is no\n// such row.\nf();")).toEqual(["1: no such"]);
    expect(phrases("README.md", "There is no\nsuch row.")).toEqual(["1: no such"]);
  });

  test("refuses a docstring that begins with What, not another comment", () => {
    expect(phrases("src/a.ts", "/** What a call asks for. */\nf();")).toEqual(["1: What"]);
    expect(phrases("src/a.ts", "// What a call asks for.\nf();")).toEqual([]);
  });

  test("accepts texts that other programs print", () => {
    expect(phrases("src/a.ts", 'const text = "lookup x: no such host";')).toEqual([]);
  });

  test("prints the place, the phrase and the better wording", () => {
    const [finding] = findInText("docs/a.md", "It tells all.");
    expect(finding && formatFinding(finding)).toBe(
      'docs/a.md:1: "tells" → says, reports, shows, returns',
    );
  });
});
