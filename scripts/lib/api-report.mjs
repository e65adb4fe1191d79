import { mkdir } from "node:fs/promises";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { inProject } from "./project.mjs";

const never = { logLevel: ExtractorLogLevel.None };

/**
 * Compares a door's public surface with etc/NAME.api.md, or writes that file. Fails on a difference, and on a
 * comment that is no TSDoc.
 * @param {import("./doors.mjs").Door} door
 * @param {{ write: boolean }} options
 * @returns {Promise<void>}
 */
export async function apiReport(door, { write }) {
  const reportFolder = inProject("etc");
  const reportTempFolder = inProject(".tmp", "api");
  await mkdir(reportFolder, { recursive: true });
  const packageJsonFullPath = inProject("package.json");
  const config = ExtractorConfig.prepare({
    configObjectFullPath: inProject("api-extractor.json"),
    packageJsonFullPath,
    configObject: {
      projectFolder: inProject(),
      mainEntryPointFilePath: inProject(door.types),
      compiler: { tsconfigFilePath: inProject("tsconfig.src.json") },
      newlineKind: "lf",
      apiReport: { enabled: true, reportFolder, reportTempFolder, reportFileName: door.name },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning },
          // Every export is public until it says otherwise.
          "ae-missing-release-tag": never,
          // Types of gen/ are reached through the door gen/*, not through this one.
          "ae-forgotten-export": never,
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.Warning } },
      },
    },
  });

  /** @type {string[]} */
  const complaints = [];
  const result = Extractor.invoke(config, {
    localBuild: write,
    messageCallback(message) {
      message.handled = true;
      const counts =
        message.logLevel === ExtractorLogLevel.Error ||
        message.logLevel === ExtractorLogLevel.Warning;
      const isOfGenerated = message.sourceFilePath?.includes("/dist/esm/gen/") === true;
      if (!counts || isOfGenerated || message.messageId.startsWith("console-")) return;
      complaints.push(message.formatMessageWithLocation(inProject()));
    },
  });
  if (result.apiReportChanged && !write) {
    complaints.push(`etc/${door.name}.api.md differs from the built surface: npm run update`);
  }
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
}
