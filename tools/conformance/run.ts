import { writeFileSync } from "node:fs";

import { FlyteError } from "flyte-admin-client";

import type { Scope } from "./calls/world.js";
import type { ConformanceOptions } from "./options.js";
import { cleanUp, play, type Player } from "./play.js";
import { Recording } from "./recording.js";
import { replay } from "./replay.js";
import type { Report } from "./report.js";
import { openInMemory, openTarget, type TargetServer } from "./servers.js";

/** Runs the suite as the options say, prints the table, and returns what it found. */
export async function runConformance(
  options: ConformanceOptions,
  print: (text: string) => void,
): Promise<Report> {
  const report = await reportOf(options, print);
  print(report.toText());
  if (options.outFile !== undefined) {
    writeFileSync(options.outFile, `${JSON.stringify(report.differences, undefined, 1)}\n`);
    print(`Differences: ${options.outFile}`);
  }
  return report;
}

async function reportOf(
  options: ConformanceOptions,
  print: (text: string) => void,
): Promise<Report> {
  if (options.replayedFiles.length > 0) return replay(options.replayedFiles);
  const target = await openTarget(options);
  try {
    return await compareServers(target, options, print);
  } finally {
    target.close();
  }
}

async function compareServers(
  target: TargetServer,
  options: ConformanceOptions,
  print: (text: string) => void,
): Promise<Report> {
  const startedMs = Date.now();
  const [first] = target.players;
  const domains = await domainsOf(first);
  const project = options.project ?? `conformance-${options.seed}-${startedMs.toString(36)}`;
  const domain = domainOf(options.domain, domains);
  const storage = await storageOf(first, project, domain);
  const scope: Scope = { project, domain, storage };
  const ownsProject = !(await hasProject(first, scope.project));
  if (!ownsProject && !options.writes) {
    throw new Error(
      `Project ${scope.project} exists and was not made by this run. ` +
        "Leave --project out, name a new project, or give --writes to let the run write there.",
    );
  }
  print(
    `FlyteAdmin ${await versionOf(first)}, project ${scope.project}, domain ${scope.domain}, ` +
      `seed ${options.seed}, by ${target.players.map(({ side }) => side.wire).join(" and ")}`,
  );
  const inMemory = openInMemory(target, {
    projects: ownsProject ? [] : [project],
    domains,
    storage,
  });
  const recording =
    options.recordFile === undefined ? undefined : new Recording(options.recordFile);
  const { seed, calls } = options;
  const isSignedIn = options.configFile !== undefined;
  const run = {
    isSignedIn,
    scope,
    seed,
    calls,
    targets: target.players,
    inMemory,
    recording,
    startedMs,
  };
  const { report, launched } = await play(run).finally(() => recording?.close());
  await cleanUp(first, launched, ownsProject ? scope.project : undefined);
  return report;
}

async function domainsOf({ client }: Player): Promise<readonly string[]> {
  const { domains } = await client.rpc.admin.getDomains({});
  return domains.map(({ id }) => id);
}

function domainOf(wanted: string | undefined, domains: readonly string[]): string {
  const domain = wanted ?? (domains.includes("development") ? "development" : domains[0]);
  if (domain !== undefined && domains.includes(domain)) return domain;
  throw new Error(`The server has no domain ${domain ?? ""}. Give one of: ${domains.join(", ")}.`);
}

/** Where uploads of the in-memory server go, and of one that signs none. */
const defaultStorage = "s3://my-s3-bucket";

/** Where the server puts uploads: what is before the project in the address of one. Nothing is uploaded. */
async function storageOf({ client }: Player, project: string, domain: string): Promise<string> {
  const place = { project, domain, filenameRoot: "conformance", filename: "none" };
  try {
    const { nativeUrl } = await client.rpc.dataProxy.createUploadLocation(place);
    const end = nativeUrl.indexOf(`/${project}/${domain}/`);
    return end > 0 ? nativeUrl.slice(0, end) : defaultStorage;
  } catch (error) {
    if (error instanceof FlyteError && error.serverMessage !== undefined) return defaultStorage;
    throw error;
  }
}

async function hasProject({ client }: Player, id: string): Promise<boolean> {
  try {
    await client.rpc.admin.getProject({ id });
    return true;
  } catch (error) {
    if (error instanceof FlyteError && error.code === "NOT_FOUND") return false;
    throw error;
  }
}

async function versionOf({ client }: Player): Promise<string> {
  const { controlPlaneVersion } = await client.rpc.admin.getVersion({});
  return controlPlaneVersion?.Version ?? "of unknown version";
}
