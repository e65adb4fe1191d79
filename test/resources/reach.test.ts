import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { createRouterTransport, type Interceptor } from "@connectrpc/connect";
import { AdminClient } from "../../src/index.js";
import { rpcRows, rpcTable } from "./rpc-table.js";

/** A client whose calls all end UNIMPLEMENTED, and what it asked for. */
function spiedClient(): { admin: AdminClient; asked: string[] } {
  const asked: string[] = [];
  const spy: Interceptor = (next) => (request) => {
    asked.push(request.method.name);
    return next(request);
  };
  const transport = createRouterTransport(() => undefined, { transport: { interceptors: [spy] } });
  return { admin: new AdminClient({ transport }), asked };
}

describe("the facade", () => {
  it("has a place for all 66 RPCs", () => {
    expect(rpcRows).toHaveLength(66);
    expect(rpcRows.filter(({ reach }) => reach === undefined)).toEqual([]);
  });

  it("is what docs/rpcs.md says", () => {
    const docs = readFileSync(new URL("../../docs/rpcs.md", import.meta.url), "utf8");
    expect(docs).toBe(rpcTable());
  });

  it.each(rpcRows.map(({ method, reach }) => [method.name, reach?.through ?? "", reach] as const))(
    "calls %s through %s",
    async (rpc, through, reach) => {
      const { admin, asked } = spiedClient();
      const [resource = "", method = ""] = through.split(".");
      const owner: unknown = Reflect.get(admin, resource);
      expect(typeof Reflect.get(owner ?? {}, method)).toBe("function");
      await expect(reach?.call(admin)).rejects.toThrow();
      expect(asked).toEqual([rpc]);
    },
  );
});
