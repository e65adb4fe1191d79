import { createGrpcTransport as createPlainTransport } from "@connectrpc/connect-node";

import { createGrpcTransport } from "../../src/transports/grpc/index.js";
import { createRestTransport } from "../../src/transports/rest/index.js";
import { compare } from "../compare.js";
import { measuredList } from "../lists/kinds.js";
import { listContenders } from "../lists/list-contenders.js";
import { names, nodeOf } from "../server/fill.js";
import { measured } from "../server/measured.js";
import { emptyPlan } from "../server/messages.js";
import { startServer } from "../server/start.js";

const rows = 10_000;
const repeats = 3;
/** How far a ratio may be from the measured one. */
const tolerance = 0.15;

/** Prints how much faster loops are than the plain one, on the real server and on the modelled one. */
export async function compareRatios(): Promise<void> {
  const server = await startServer({
    ...emptyPlan,
    attempts: rows,
    delaysMs: [0, 50, 100],
    costs: true,
  });
  const list = measuredList("attempts", { node: nodeOf(names.long) });
  console.log(
    `\n${"ratio to the plain loop".padEnd(52)}${["delay", "measured", "model"].map(column).join("")}`,
  );
  for (const { delayMs, grpcUrl, restUrl } of server.ports) {
    const plainGrpc = createPlainTransport({ baseUrl: grpcUrl });
    const grpc = createGrpcTransport({ baseUrl: grpcUrl });
    const rest = createRestTransport({ baseUrl: restUrl });
    const all = listContenders({ list, rows, rowsOfSlowLoops: 2000, plainGrpc, grpc, rest });
    const [plain] = all;
    const contenders = all.filter((one) => one === plain || one.name in measured.ratios);
    const results = await compare(contenders, delayMs, repeats, server);
    for (const [name, ratios] of Object.entries(measured.ratios)) {
      const ratio = results.find((one) => one.name === name)?.ratio ?? NaN;
      const real = new Map(Object.entries(ratios)).get(String(delayMs)) ?? NaN;
      const off = ratio / real - 1;
      const cells = [`${delayMs} ms`, real.toFixed(1), ratio.toFixed(1)].map(column).join("");
      const verdict = Math.abs(off) <= tolerance ? "" : "  too far off";
      console.log(`${name.padEnd(52)}${cells}${column(`${(off * 100).toFixed(0)} %`)}${verdict}`);
    }
    grpc.close();
  }
  server.stop();
}

function column(text: string): string {
  return text.padStart(12);
}
