import { describe, expect, test } from "@jest/globals";

import { importCycles } from "../../tools/lib/import-cycles.mjs";

function cyclesOf(imports: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return importCycles(new Map(Object.entries(imports)));
}

describe("the check for imports in a circle", () => {
  test("accepts files and folders that import in one direction", () => {
    expect(
      cyclesOf({
        "src/a/index.ts": ["src/a/one.ts", "src/a/deep/index.ts"],
        "src/a/one.ts": ["src/a/deep/index.ts", "src/b/index.ts"],
        "src/a/deep/index.ts": ["src/a/deep/file.ts"],
        "src/a/deep/file.ts": ["src/a/types.ts"],
      }),
    ).toEqual([]);
  });

  test("finds files that import each other", () => {
    expect(
      cyclesOf({
        "src/a/one.ts": ["src/a/two.ts"],
        "src/a/two.ts": ["src/a/three.ts"],
        "src/a/three.ts": ["src/a/one.ts", "src/a/other.ts"],
      }),
    ).toEqual(["src/a: one.ts → two.ts → three.ts → one.ts"]);
  });

  test("finds folders that import each other, though none of their files do", () => {
    expect(
      cyclesOf({
        "src/a/tree/walk.ts": ["src/a/bulk/map.ts"],
        "src/a/bulk/verbs.ts": ["src/a/tree/index.ts"],
      }),
    ).toEqual(["src/a: tree → bulk → tree"]);
  });

  test("finds a folder and a file beside it that import each other", () => {
    expect(
      cyclesOf({
        "src/a/file.ts": ["src/a/deep/index.ts"],
        "src/a/deep/one.ts": ["src/a/file.ts"],
      }),
    ).toEqual(["src/a: file.ts → deep → file.ts"]);
  });
});
