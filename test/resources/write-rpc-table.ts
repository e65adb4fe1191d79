import { writeFileSync } from "node:fs";
import { rpcTable } from "./rpc-table.js";

writeFileSync(new URL("../../docs/rpcs.md", import.meta.url), rpcTable());
