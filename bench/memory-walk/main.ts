import { createGrpcTransport } from "../../src/transports/grpc/index.js";
import { measuredList } from "../lists/kinds.js";
import { memoryGrowth } from "../memory.js";
import { names, nodeOf } from "../server/fill.js";
import { memoryWalks } from "./walks.js";

const [name = "", baseUrl = "", rows = ""] = process.argv.slice(2);
const walk = memoryWalks[name];
if (walk === undefined) throw new Error(`unknown walk ${JSON.stringify(name)}`);
const transport = createGrpcTransport({ baseUrl });
const list = measuredList("attempts", { node: nodeOf(names.long) });
const grown = await memoryGrowth(walk({ list, transport, rows: Number(rows) }));
transport.close();
if (grown.rows !== Number(rows)) throw new Error(`${grown.rows} of ${rows} rows came`);
const numbers = [Math.round(grown.perSecond), grown.inUseMib, grown.residentMib];
console.log(`| ${[name, ...numbers].join(" | ")} |`);
