import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * Compiles files against the package's source, as strictly as this project is compiled, and returns the messages of
 * the compiler with the file and line of each.
 */
export async function compile(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const folder = join(root, ".tmp", "generated-types", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const paths = await Promise.all(
    Object.entries(files).map(async ([file, text]) => {
      const path = join(folder, file);
      await writeFile(path, text);
      return path;
    }),
  );
  const config = join(root, "tsconfig.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram(paths, { ...options, skipLibCheck: true, noUnusedLocals: true });
  return paths.flatMap((path) => {
    const source = program.getSourceFile(path);
    return ts.getPreEmitDiagnostics(program, source).map(({ file, start = 0, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
      return `${path.slice(folder.length + 1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  });
}
