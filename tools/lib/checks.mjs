import { apiReports } from "./api-report.mjs";
import { architecturePage } from "./architecture.mjs";
import { ensureBuilt } from "./build.mjs";
import { bundleTable } from "./bundle-table.mjs";
import {
  runDocsCode,
  runReadmeExample,
  runRegistrationGuide,
  runTypesGuide,
} from "./docs-code.mjs";
import { checkGenerated } from "./generated.mjs";
import { checkImportCycles } from "./import-cycles.mjs";
import { checkMarkdownCode } from "./markdown-code.mjs";
import { checkLinks } from "./markdown-links.mjs";
import { methodDocs } from "./method-docs.mjs";
import { once } from "./once.mjs";
import { pack } from "./pack.mjs";
import { lintExports, lintTypes } from "./package-lint.mjs";
import { checkPackedFiles, packedFiles } from "./packed-files.mjs";
import { inProject, tool } from "./project.mjs";
import { checkRepositoryFields } from "./repository-fields.mjs";
import { runNode } from "./run.mjs";
import { ensureSite } from "./site.mjs";
import { expectOk } from "./steps.mjs";
import { findRuledOut, formatFinding } from "./style-check.mjs";

/**
 * A step that runs one program of a package.
 * @param {string} title
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {import("./steps.mjs").Step}
 */
function command(title, program, args) {
  return { title, run: async () => expectOk(await runNode(program, args)) };
}

/** Fails with every phrase that the style rules out. */
async function checkLanguage() {
  const findings = findRuledOut();
  if (findings.length > 0) throw new Error(findings.map(formatFinding).join("\n"));
}

/**
 * Everything that `npm run check` checks. The slow ones come first, so that two cores are kept busy.
 * @returns {import("./steps.mjs").Step[]}
 */
export function checks() {
  const tsc = tool("typescript", "tsc");
  const tscNext = tool("typescript-next", "tsc");
  const buf = tool("@bufbuild/buf", "buf");
  const built = once(ensureBuilt);
  const afterBuild = () =>
    built().catch(() => {
      throw new Error("not run, since the build failed");
    });
  const packed = once(async () => {
    await afterBuild();
    return pack();
  });

  return [
    command("lint: eslint", tool("eslint"), ["."]),
    { title: "build: ESM and CJS", run: built },
    command("types: all, TypeScript 6", tsc, ["-p", inProject("tsconfig.json")]),
    command("types: src, TypeScript 6", tsc, ["-p", inProject("tsconfig.src.json"), "--noEmit"]),
    command("types: all, TypeScript 7", tscNext, ["-p", inProject("tsconfig.json")]),
    command("types: the launch form, as a bundler resolves", tscNext, [
      "-p",
      inProject("examples", "launch-form"),
    ]),
    command("types: src, TypeScript 7", tscNext, [
      "-p",
      inProject("tsconfig.src.json"),
      "--noEmit",
    ]),
    command("format: prettier", tool("prettier"), ["--check", "--log-level", "warn", "."]),
    command("dead code: knip", tool("knip"), ["--no-progress"]),
    command("protos: buf lint", buf, ["lint"]),
    command("protos: buf format", buf, ["format", "--diff", "--exit-code"]),
    { title: "generated code is up to date", run: checkGenerated },
    { title: "package: publint", run: async () => lintExports(await packed()) },
    { title: "package: are the types wrong?", run: async () => lintTypes(await packed()) },
    {
      title: "API reports of the entry points",
      run: async () => {
        await afterBuild();
        await apiReports({ write: false });
      },
    },
    {
      title: "bundle sizes, and nothing of Node in a bundle",
      run: async () => {
        await afterBuild();
        await bundleTable({ write: false });
      },
    },
    {
      title: "package: what npm would publish is listed and bounded",
      run: async () => {
        await afterBuild();
        await checkPackedFiles();
      },
    },
    { title: "package: repository, homepage and bugs agree", run: checkRepositoryFields },
    {
      title: "docs: links lead somewhere, here and in the package",
      run: async () => checkLinks((await packedFiles()).files.map(({ path }) => path)),
    },
    { title: "README and docs: their code compiles", run: checkMarkdownCode },
    { title: "README: its example prints what it shows", run: runReadmeExample },
    { title: "docs/guides/registering-and-launching.md: its code runs", run: runRegistrationGuide },
    {
      title: "docs: methods of resources have the docstrings of their functions",
      run: () => methodDocs({ write: false }),
    },
    { title: "layout: no folder's entries import each other in a circle", run: checkImportCycles },
    { title: "language: no phrase that the style rules out", run: checkLanguage },
    { title: "ARCHITECTURE.md", run: () => architecturePage({ write: false }) },
    { title: "docs/testing.md: its code runs", run: runDocsCode },
    { title: "docs/guides/types-and-forms.md: its code runs", run: runTypesGuide },
    {
      title: "docs: the reference and the site are built, and no link in them is dead",
      run: ensureSite,
    },
  ];
}
