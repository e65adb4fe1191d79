/* global Response */
// The check in a worker on the edge, which has no Node: REST alone.
import { check, restClient } from "./runtime-check.mjs";

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    const client = (/** @type {string} */ name) => restClient(searchParams.get(name) ?? "");
    return new Response(await check(client("server"), client("nobody")));
  },
};
