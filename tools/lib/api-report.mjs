import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from "@microsoft/api-extractor";
import { entryPoints } from "./entry-points.mjs";
import { inProject } from "./project.mjs";

/** Where an export's declaration begins in its line: at its first word, or at the name of a constant. */
const exportColumns = new Set([1, "declare const ".length + 1]);

/** Where the declarations of gen/ are in what is built. */
const ofGenerated = /\/dist\/esm\/(?:gen|chunks\/messages\.d\.ts)/;

const never = { logLevel: ExtractorLogLevel.None };

/**
 * @param {import("./entry-points.mjs").EntryPoint} entryPoint
 */
function configOf(entryPoint) {
  return ExtractorConfig.prepare({
    configObjectFullPath: inProject("api-extractor.json"),
    packageJsonFullPath: inProject("package.json"),
    configObject: {
      projectFolder: inProject(),
      mainEntryPointFilePath: inProject(entryPoint.types),
      compiler: { tsconfigFilePath: inProject("tsconfig.src.json") },
      newlineKind: "lf",
      apiReport: {
        enabled: true,
        reportFolder: inProject("etc"),
        reportTempFolder: inProject(".tmp", "api"),
        reportFileName: entryPoint.name,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning },
          // Every export is public until it says otherwise.
          "ae-missing-release-tag": never,
          // Signatures use the messages of the entry point gen/*, and types that nobody has to name.
          "ae-forgotten-export": never,
          // typedoc asks for this.
          "ae-unresolved-link": never,
          "ae-undocumented": { logLevel: ExtractorLogLevel.Warning },
        },
        tsdocMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning },
          // typedoc has tags of its own, and reports those that it does not know.
          "tsdoc-undefined-tag": never,
          "tsdoc-param-tag-missing-hyphen": never,
        },
      },
    },
  });
}

/**
 * True for an export, and false for a member, whose name may say it all, and for an overload below the one that
 * has the comment.
 * @param {import("@microsoft/api-extractor").ExtractorMessage} message
 */
function needsComment({ sourceFilePath, sourceFileLine, sourceFileColumn }) {
  if (sourceFilePath === undefined || sourceFileLine === undefined) return true;
  if (!exportColumns.has(sourceFileColumn ?? 1)) return false;
  const [before, declaration] = readFileSync(sourceFilePath, "utf8")
    .split("\n")
    .slice(sourceFileLine - 2, sourceFileLine)
    .map((line) => /^declare function (\w+)/.exec(line)?.[1]);
  return declaration === undefined || before !== declaration;
}

/**
 * Compares the public surface of every entry point with etc/NAME.api.md, or writes those files. Fails on a difference,
 * on an export without a comment, and on a comment that is no TSDoc.
 * @param {{ write: boolean }} options
 * @returns {Promise<void>}
 */
export async function apiReports({ write }) {
  await mkdir(inProject("etc"), { recursive: true });
  const allEntryPoints = entryPoints();
  const configs = allEntryPoints.map(configOf);
  const [first] = configs;
  if (first === undefined) throw new Error("package.json exports no entry point");
  // One run of the compiler for all entry points.
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: configs.map((config) => config.mainEntryPointFilePath),
  });

  /** @type {Set<string>} */
  const complaints = new Set();
  allEntryPoints.forEach((entryPoint, index) => {
    const result = Extractor.invoke(/** @type {ExtractorConfig} */ (configs[index]), {
      compilerState,
      localBuild: write,
      messageCallback(message) {
        message.handled = true;
        const isComplaint =
          message.logLevel === ExtractorLogLevel.Error ||
          message.logLevel === ExtractorLogLevel.Warning;
        const isOfGenerated = ofGenerated.test(message.sourceFilePath ?? "");
        if (!isComplaint || isOfGenerated || message.messageId.startsWith("console-")) return;
        if (message.messageId === "ae-undocumented" && !needsComment(message)) return;
        complaints.add(message.formatMessageWithLocation(inProject()));
      },
    });
    if (result.apiReportChanged && !write) {
      complaints.add(
        `etc/${entryPoint.name}.api.md differs from the built surface: npm run update`,
      );
    }
  });
  if (complaints.size > 0) throw new Error([...complaints].join("\n"));
}
