import { Code, ConnectError } from "@connectrpc/connect";

import { matchTemplate } from "./path-template.js";
import type { Route } from "./routes.js";

/** A route and the values of the fields in its path. */
export interface RouteMatch {
  readonly route: Route;
  readonly values: ReadonlyMap<string, string>;
}

/** Finds routes by verb and path. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    // The server tries the routes that were registered last first.
    this.#routes = [...routes].reverse();
  }

  /**
   * The route of a path.
   * @param path decoded as a whole before it is split, so that `%2F` separates
   * @param asGet whether the request may stand for a GET (a form sent by POST)
   * @throws ConnectError UNIMPLEMENTED for a known path with another verb, NOT_FOUND for an unknown path
   */
  find(verb: string, path: string, asGet: boolean): RouteMatch {
    const segments = path.slice(1).split("/");
    const matches = this.#routes.flatMap((route) => {
      const values = matchTemplate(route.template, segments);
      return values === undefined ? [] : [{ route, values }];
    });
    const match =
      matches.find(({ route }) => route.verb === verb) ??
      (asGet ? matches.find(({ route }) => route.verb === "GET") : undefined);
    if (match !== undefined) return match;
    if (matches.length > 0) throw new ConnectError("Method Not Allowed", Code.Unimplemented);
    throw new ConnectError("Not Found", Code.NotFound);
  }
}
